package io.kubespring.apiserver.shell;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * A large body, one piece a turn of its connection's event loop, and none while the connection has enough to send. Without
 * it the transport would take 128 pieces at a time, and everybody else on that event loop would wait for them to be made
 * and encrypted.
 */
final class PacedBody extends FluxOperator<byte[], byte[]> {

    private static final long FULL_MICROS = 500;

    private final Channel channel;

    PacedBody(Flux<byte[]> source, Channel channel) {
        super(source);
        this.channel = channel;
    }

    @Override
    public void subscribe(CoreSubscriber<? super byte[]> actual) {
        source.subscribe(new Pacer(actual, channel));
    }

    private static final class Pacer implements CoreSubscriber<byte[]>, Subscription {
        private final CoreSubscriber<? super byte[]> actual;
        private final Channel channel;
        private final AtomicLong requested = new AtomicLong();
        private final AtomicBoolean underWay = new AtomicBoolean();
        private @Nullable Subscription upstream;
        private volatile boolean ended;

        Pacer(CoreSubscriber<? super byte[]> actual, Channel channel) {
            this.actual = actual;
            this.channel = channel;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            requested.accumulateAndGet(count, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
            if (underWay.compareAndSet(false, true)) {
                next(0);
            }
        }

        /** Scheduled rather than executed: the loop looks at its connections before it runs what is scheduled meanwhile. */
        private void next(long delayMicros) {
            channel.eventLoop().schedule(this::turn, delayMicros, TimeUnit.MICROSECONDS);
        }

        private void turn() {
            Subscription subscription = upstream;
            if (ended || subscription == null) {
                return;
            }
            if (!channel.isWritable() && channel.isActive()) {
                next(FULL_MICROS);
                return;
            }
            subscription.request(1);
        }

        @Override
        public void onNext(byte[] piece) {
            actual.onNext(piece);
            if (requested.decrementAndGet() > 0) {
                next(0);
                return;
            }
            underWay.set(false);
            if (requested.get() > 0 && underWay.compareAndSet(false, true)) {
                next(0);
            }
        }

        @Override
        public void onError(Throwable failure) {
            ended = true;
            actual.onError(failure);
        }

        @Override
        public void onComplete() {
            ended = true;
            actual.onComplete();
        }

        @Override
        public void cancel() {
            ended = true;
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }
}
