package io.kubespring.node.cri;

import io.grpc.StatusRuntimeException;
import java.util.Locale;

/** gRPC's failures in our own terms, rendered as Go clients print them because events and statuses carry that text. */
final class GrpcErrors {

    private GrpcErrors() {}

    static CriException translate(StatusRuntimeException failure) {
        var status = failure.getStatus();
        String message = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        var code = switch (status.getCode()) {
            case NOT_FOUND -> CriException.Code.NOT_FOUND;
            case UNAVAILABLE -> CriException.Code.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> CriException.Code.DEADLINE_EXCEEDED;
            case UNIMPLEMENTED -> CriException.Code.UNIMPLEMENTED;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    INVALID_ARGUMENT,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED -> CriException.Code.FAILED;
        };
        var translated = new CriException(
                code, message, "rpc error: code = " + goName(status.getCode().name()) + " desc = " + message);
        translated.initCause(failure);
        return translated;
    }

    private static String goName(String constant) {
        var name = new StringBuilder();
        for (String word : constant.split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
