package io.kubespring.kubelet.probe;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.kubespring.kubelet.probe.Prober.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The gRPC health-checking protocol, of which one call with one field each way is needed. */
final class GrpcHealth {

    private static final int SERVICE_FIELD = 1;
    private static final int STATUS_FIELD = 1;
    private static final int SERVING = 1;

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    };

    private static final MethodDescriptor<byte[], byte[]> CHECK = MethodDescriptor.newBuilder(BYTES, BYTES)
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("grpc.health.v1.Health/Check")
            .build();

    private GrpcHealth() {}

    static Outcome check(String host, int port, String service, Duration timeout) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(host, port).usePlaintext().build();
        try {
            var options = CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
            byte[] answer = ClientCalls.blockingUnaryCall(channel, CHECK, options, request(service));
            int status = status(answer);
            return status == SERVING
                    ? Outcome.ok("service healthy")
                    : Outcome.failed("service unhealthy (responded with \"" + name(status) + "\")");
        } catch (StatusRuntimeException failure) {
            return Outcome.failed(
                    switch (failure.getStatus().getCode()) {
                        case UNIMPLEMENTED ->
                            "error: this server does not implement the grpc health protocol (grpc.health.v1.Health)";
                        case DEADLINE_EXCEEDED ->
                            "timeout: health rpc did not complete within " + timeout.toSeconds() + "s";
                        default -> "error: health rpc probe failed: " + failure.getMessage();
                    });
        } catch (IOException broken) {
            return Outcome.errored(String.valueOf(broken.getMessage()));
        } finally {
            channel.shutdownNow();
        }
    }

    private static byte[] request(String service) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        if (!service.isEmpty()) {
            out.writeString(SERVICE_FIELD, service);
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static int status(byte[] answer) throws IOException {
        var in = CodedInputStream.newInstance(answer);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 == STATUS_FIELD) {
                return in.readEnum();
            }
            in.skipField(tag);
        }
        return 0;
    }

    private static String name(int status) {
        return switch (status) {
            case 2 -> "NOT_SERVING";
            case 3 -> "SERVICE_UNKNOWN";
            default -> "UNKNOWN";
        };
    }
}
