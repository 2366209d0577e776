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
 * member's restart is a delay and not an error. Reads that fail on the way, or that a member leaves unanswered, are asked
 * again, of the next member, until the deadline; a write that may have happened is not.
 */
final class Rpc {

    private static final Duration RETRY = Duration.ofMillis(50);

    /** The first attempt of a read has an eighth of the time, the second a quarter, then come the rest. */
    private static final int FIRST_SHARE = 8;

    private static final int WHOLE = 1;

    /** Whether a silent member may be asked, to find out whether it is back: at the cost of a first attempt only. */
    static final CallOptions.Key<Boolean> MAY_PROBE = CallOptions.Key.createWithDefault("may-probe", false);

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
        call(method, request, answer, time.nanoTime() + timeout.toNanos(), WHOLE);
        return answer;
    }

    <Q, A> CompletableFuture<A> read(MethodDescriptor<Q, A> method, Q request) {
        var answer = new CompletableFuture<A>();
        call(method, request, answer, time.nanoTime() + timeout.toNanos(), FIRST_SHARE);
        return answer;
    }

    /** @param share of the time that this attempt has, as a divisor; the whole is for what must not be repeated */
    private <Q, A> void call(
            MethodDescriptor<Q, A> method, Q request, CompletableFuture<A> answer, long end, int share) {
        long left = end - time.nanoTime();
        long mine = Math.max(1, share <= 2 ? left : Math.min(left, timeout.toNanos() / share));
        ClientCall<Q, A> call = channel.newCall(
                method,
                options.withDeadlineAfter(mine, TimeUnit.NANOSECONDS).withOption(MAY_PROBE, share == FIRST_SHARE));
        call.start(
                new Listener<>(answer) {
                    @Override
                    void failed(Status status) {
                        boolean again = share != WHOLE && end - time.nanoTime() > RETRY.toNanos();
                        if (again && status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
                            call(method, request, answer, end, Math.max(2, share / 2));
                        } else if (again && EtcdErrors.passing(status)) {
                            time.schedule(RETRY, () -> call(method, request, answer, end, share));
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
