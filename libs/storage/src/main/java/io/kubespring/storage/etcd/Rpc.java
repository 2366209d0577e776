package io.kubespring.storage.etcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question, one answer, with a deadline. A request waits for a connection but no longer than its deadline, so that a
 * member's restart is a delay and not an error. Reads that fail on the way are asked again until the deadline; a write
 * that may have happened is not.
 */
final class Rpc {

    private static final Duration RETRY = Duration.ofMillis(50);

    private final Channel channel;
    private final CallOptions options;
    private final TimeSource time;
    private final Duration timeout;

    /** @param executor completes the answers, and runs what depends on them */
    Rpc(Channel channel, Executor executor, TimeSource time, Duration timeout) {
        this.channel = channel;
        this.options = CallOptions.DEFAULT.withWaitForReady().withExecutor(executor);
        this.time = time;
        this.timeout = timeout;
    }

    <Q, A> CompletableFuture<A> write(MethodDescriptor<Q, A> method, Q request) {
        var answer = new CompletableFuture<A>();
        call(method, request, answer, time.nanoTime() + timeout.toNanos(), false);
        return answer;
    }

    <Q, A> CompletableFuture<A> read(MethodDescriptor<Q, A> method, Q request) {
        var answer = new CompletableFuture<A>();
        call(method, request, answer, time.nanoTime() + timeout.toNanos(), true);
        return answer;
    }

    private <Q, A> void call(
            MethodDescriptor<Q, A> method, Q request, CompletableFuture<A> answer, long end, boolean again) {
        long left = Math.max(1, end - time.nanoTime());
        ClientCall<Q, A> call = channel.newCall(method, options.withDeadlineAfter(left, TimeUnit.NANOSECONDS));
        call.start(
                new Listener<>(answer) {
                    @Override
                    void failed(Status status) {
                        if (again && EtcdErrors.passing(status) && end - time.nanoTime() > RETRY.toNanos()) {
                            time.schedule(RETRY, () -> call(method, request, answer, end, true));
                        } else {
                            answer.completeExceptionally(EtcdErrors.of(status));
                        }
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(request);
        call.halfClose();
    }

    private abstract static class Listener<A> extends ClientCall.Listener<A> {
        private final CompletableFuture<A> answer;
        private @Nullable A message;

        Listener(CompletableFuture<A> answer) {
            this.answer = answer;
        }

        abstract void failed(Status status);

        @Override
        public void onMessage(A given) {
            message = given;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            A got = message;
            if (!status.isOk()) {
                failed(status);
            } else if (got == null) {
                failed(Status.INTERNAL.withDescription("no answer"));
            } else {
                answer.complete(got);
            }
        }
    }
}
