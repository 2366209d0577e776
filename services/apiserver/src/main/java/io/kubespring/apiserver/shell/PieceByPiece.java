package io.kubespring.apiserver.shell;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A stream as groups to flush, each of which asks for its piece when the one before it has gone out. The transport asks for
 * 32 groups ahead; of pieces it would hold as many for every client that does not read, and what happens meanwhile could
 * not leave together.
 */
final class PieceByPiece extends FluxOperator<byte[], Mono<byte[]>> {

    PieceByPiece(Flux<byte[]> source) {
        super(source);
    }

    @Override
    public void subscribe(CoreSubscriber<? super Mono<byte[]>> actual) {
        source.subscribe(new Groups(actual));
    }

    private static final class Groups implements CoreSubscriber<byte[]>, Subscription {
        private final CoreSubscriber<? super Mono<byte[]>> actual;
        private final AtomicLong requested = new AtomicLong();
        private final AtomicInteger work = new AtomicInteger();
        private final AtomicReference<@Nullable CoreSubscriber<? super byte[]>> waiting = new AtomicReference<>();
        private final Mono<byte[]> group = new Group(this);
        private Subscription upstream = Operators.emptySubscription();
        private @Nullable Throwable failure;
        private volatile boolean done;
        private volatile boolean cancelled;

        Groups(CoreSubscriber<? super Mono<byte[]>> actual) {
            this.actual = actual;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            requested.accumulateAndGet(count, Operators::addCap);
            emit();
        }

        /** Of several callers at once one works for all. */
        private void emit() {
            if (work.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                while (requested.get() > 0 && !done && !cancelled) {
                    requested.decrementAndGet();
                    actual.onNext(group);
                }
                if (done && !cancelled) {
                    cancelled = true;
                    if (failure == null) {
                        actual.onComplete();
                    } else {
                        actual.onError(failure);
                    }
                }
                missed = work.addAndGet(-missed);
            } while (missed != 0);
        }

        @Override
        public void onNext(byte[] piece) {
            CoreSubscriber<? super byte[]> taker = waiting.getAndSet(null);
            if (taker != null) {
                taker.onNext(piece);
                taker.onComplete();
            }
        }

        @Override
        public void onError(Throwable given) {
            failure = given;
            onComplete();
        }

        @Override
        public void onComplete() {
            done = true;
            CoreSubscriber<? super byte[]> taker = waiting.getAndSet(null);
            if (taker != null) {
                taker.onComplete();
            }
            emit();
        }

        @Override
        public void cancel() {
            cancelled = true;
            upstream.cancel();
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }

    /** The next piece; nothing, once there is none. One subscriber at a time. */
    private static final class Group extends Mono<byte[]> {
        private final Groups groups;

        Group(Groups groups) {
            this.groups = groups;
        }

        @Override
        public void subscribe(CoreSubscriber<? super byte[]> taker) {
            var asked = new AtomicBoolean();
            taker.onSubscribe(new Subscription() {
                @Override
                public void request(long count) {
                    if (asked.compareAndSet(false, true)) {
                        next(taker);
                    }
                }

                @Override
                public void cancel() {
                    groups.cancel();
                }
            });
        }

        private void next(CoreSubscriber<? super byte[]> taker) {
            groups.waiting.set(taker);
            if (groups.done) {
                if (groups.waiting.compareAndSet(taker, null)) {
                    taker.onComplete();
                }
            } else {
                groups.upstream.request(1);
            }
        }
    }
}
