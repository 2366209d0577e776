package io.kubespring.apiserver.limits;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Fails with an error of its own, and cancels its source, when the deadline comes first. A source that is done when
 * {@code subscribe} returns, as most reads are, never enters the deadlines at all.
 */
final class TimeLimited<T> extends MonoOperator<T, T> {

    private final Deadlines deadlines;
    private final long at;
    private final Supplier<? extends Throwable> error;

    TimeLimited(Mono<T> source, Deadlines deadlines, long at, Supplier<? extends Throwable> error) {
        super(source);
        this.deadlines = deadlines;
        this.at = at;
        this.error = error;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        var limited = new Limited<T>(actual, error);
        source.subscribe(limited);
        limited.enter(deadlines, at);
    }

    @Override
    public @Nullable Object scanUnsafe(Scannable.Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : super.scanUnsafe(key);
    }

    private static final class Limited<T> implements CoreSubscriber<T>, Subscription {
        private final CoreSubscriber<? super T> actual;
        private final Supplier<? extends Throwable> error;
        private final AtomicBoolean done = new AtomicBoolean();
        private volatile @Nullable Subscription upstream;
        private Deadlines.@Nullable Deadline deadline;
        private @Nullable T value;

        Limited(CoreSubscriber<? super T> actual, Supplier<? extends Throwable> error) {
            this.actual = actual;
            this.error = error;
        }

        void enter(Deadlines deadlines, long at) {
            if (done.get()) {
                return;
            }
            synchronized (this) {
                deadline = deadlines.at(at, this::missed);
            }
            if (done.get()) {
                left();
            }
        }

        private synchronized void left() {
            if (deadline != null) {
                deadline.met();
                deadline = null;
            }
        }

        private void missed() {
            if (done.compareAndSet(false, true)) {
                cancelUpstream();
                actual.onError(error.get());
            }
        }

        private void cancelUpstream() {
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T element) {
            value = element;
        }

        @Override
        public void onError(Throwable failure) {
            if (done.compareAndSet(false, true)) {
                left();
                actual.onError(failure);
            } else {
                Operators.onErrorDropped(failure, actual.currentContext());
            }
        }

        @Override
        public void onComplete() {
            if (done.compareAndSet(false, true)) {
                left();
                if (value != null) {
                    actual.onNext(value);
                }
                actual.onComplete();
            }
        }

        @Override
        public void request(long count) {
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.request(count);
            }
        }

        @Override
        public void cancel() {
            if (done.compareAndSet(false, true)) {
                left();
            }
            cancelUpstream();
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }
}
