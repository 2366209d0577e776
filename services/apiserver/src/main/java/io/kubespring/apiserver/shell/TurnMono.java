package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/**
 * Brings what its source brought, a body or an answer, to the connection's event loop and there in its party's turn, see
 * {@link LoopTurns}: what follows is the costly part of a request. Bodies of many requests come in one read, and answers of
 * many writes from one commit.
 */
final class TurnMono<T> extends MonoOperator<T, T> {

    private final Channel channel;
    private final Object party;
    private final TimeSource time;

    private TurnMono(Mono<T> source, Channel channel, Object party, TimeSource time) {
        super(source);
        this.channel = channel;
        this.party = party;
        this.time = time;
    }

    /** @param channel null where there is no real connection; then nothing is changed */
    static <T> Mono<T> of(Mono<T> source, @Nullable Channel channel, Object party, TimeSource time) {
        return channel == null ? source : new TurnMono<>(source, channel, party, time);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Arrival<>(actual, this));
    }

    private static final class Arrival<T> implements CoreSubscriber<T>, Subscription {
        private final CoreSubscriber<? super T> actual;
        private final TurnMono<T> turn;
        private @Nullable T arrived;
        private @Nullable Subscription upstream;
        private volatile boolean cancelled;

        Arrival(CoreSubscriber<? super T> actual, TurnMono<T> turn) {
            this.actual = actual;
            this.turn = turn;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(T item) {
            arrived = item;
        }

        @Override
        public void onComplete() {
            T item = arrived;
            if (item == null) {
                actual.onComplete();
            } else {
                turn.enter(() -> pass(item));
            }
        }

        private void pass(T item) {
            if (!cancelled) {
                actual.onNext(item);
                actual.onComplete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            actual.onError(failure);
        }

        @Override
        public void request(long count) {
            Subscription source = upstream;
            if (source != null) {
                source.request(count);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            Subscription source = upstream;
            if (source != null) {
                source.cancel();
            }
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }

    /** A loop that is shutting down takes nothing any more; then nobody waits for a turn either. */
    private void enter(Runnable step) {
        try {
            LoopTurns.enter(channel, party, time, step);
        } catch (RejectedExecutionException stopping) {
            step.run();
        }
    }
}
