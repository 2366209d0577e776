package io.kubespring.storage.etcd;

import io.grpc.Status;
import io.kubespring.storage.StoreException;

/** From gRPC's statuses, told apart by etcd's documented messages, to what a {@link StoreException} says. */
final class EtcdErrors {

    /** A revision that is not served; which it is decides the caller, who knows what was asked for. */
    static final class RevisionGone extends RuntimeException {
        RevisionGone(Status status) {
            super(status.getDescription(), null, false, false);
        }
    }

    /** A lease that is not there any more. */
    static final class LeaseGone extends RuntimeException {
        LeaseGone(Status status) {
            super(status.getDescription(), null, false, false);
        }
    }

    /** An answer of more bytes than we take at once. */
    static final class AnswerTooLarge extends RuntimeException {
        AnswerTooLarge(Status status) {
            super(status.getDescription(), null, false, false);
        }
    }

    private EtcdErrors() {}

    static RuntimeException of(Status status) {
        String text = String.valueOf(status.getDescription());
        return switch (status.getCode()) {
            case OUT_OF_RANGE -> new RevisionGone(status);
            case NOT_FOUND -> new LeaseGone(status);
            case INVALID_ARGUMENT ->
                text.contains("request is too large") ? new StoreException.TooLarge(text) : unavailable(status);
            case RESOURCE_EXHAUSTED -> exhausted(status, text);
            default -> unavailable(status);
        };
    }

    private static RuntimeException exhausted(Status status, String text) {
        if (text.startsWith("grpc: received message larger than max")) {
            return new StoreException.TooLarge("rpc error: code = ResourceExhausted desc = " + text);
        }
        return text.contains("exceeds maximum size") ? new AnswerTooLarge(status) : unavailable(status);
    }

    static StoreException.Unavailable unavailable(Status status) {
        String text = status.getDescription() == null ? status.getCode().toString() : status.getDescription();
        // Descriptions of deadlines have stack traces in them.
        String line = text.lines().findFirst().orElse(text);
        return new StoreException.Unavailable("etcd: " + line, null);
    }

    /** What a role does not allow, as a watch is told it. */
    static boolean denied(String reason) {
        return reason.contains("permission denied");
    }

    /** Whether a request that changes nothing is worth another try. */
    static boolean passing(Status status) {
        return status.getCode() == Status.Code.UNAVAILABLE;
    }
}
