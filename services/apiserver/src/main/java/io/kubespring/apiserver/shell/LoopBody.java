package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.cache.WatchTurns;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * A long-running body, written straight to its channel on the channel's event loop: for the transport it is a last piece
 * that takes long and holds nothing. The next piece is asked for when the one before has gone out: what happens meanwhile
 * leaves together, and for a client that does not read one piece is held.
 */
final class LoopBody extends Mono<DataBuffer> {

    private final Flux<byte[]> pieces;
    private final Channel channel;
    private final TimeSource time;

    LoopBody(Flux<byte[]> pieces, Channel channel, TimeSource time) {
        this.pieces = pieces;
        this.channel = channel;
        this.time = time;
    }

    @Override
    public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
        var body = new Body(actual, this);
        actual.onSubscribe(body);
    }

    private static final class Body
            implements CoreSubscriber<byte[]>, Subscription, GenericFutureListener<ChannelFuture> {
        private final CoreSubscriber<? super DataBuffer> actual;
        private final LoopBody of;
        private final Channel channel;
        private final Channel connection;
        private final AtomicBoolean begun = new AtomicBoolean();
        private @Nullable LoopDelivery turns;
        private volatile @Nullable Subscription source;
        private volatile boolean cancelled;

        Body(CoreSubscriber<? super DataBuffer> actual, LoopBody of) {
            this.actual = actual;
            this.of = of;
            channel = of.channel;
            Channel parent = channel.parent();
            connection = parent == null || parent instanceof ServerChannel ? channel : parent;
        }

        @Override
        public void request(long count) {
            if (begun.compareAndSet(false, true)) {
                onLoop(this::begin);
            }
        }

        private void onLoop(Runnable step) {
            if (channel.eventLoop().inEventLoop()) {
                step.run();
            } else {
                afterwards(step);
            }
        }

        private void afterwards(Runnable step) {
            try {
                channel.eventLoop().execute(step);
            } catch (RejectedExecutionException stopping) {
                cancel();
            }
        }

        private void begin() {
            if (!cancelled) {
                turns = LoopDelivery.of(channel.eventLoop(), of.time);
                of.pieces.subscribe(this);
            }
        }

        @Override
        public Context currentContext() {
            LoopDelivery place = turns;
            return place == null
                    ? actual.currentContext()
                    : actual.currentContext().put(WatchTurns.KEY, place);
        }

        @Override
        public void onSubscribe(Subscription given) {
            source = given;
            if (cancelled) {
                given.cancel();
                return;
            }
            given.request(1);
        }

        @Override
        public void onNext(byte[] piece) {
            onLoop(() -> write(piece));
        }

        private void write(byte[] piece) {
            LoopDelivery place = turns;
            if (cancelled || place == null) {
                return;
            }
            channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(piece))).addListener(this);
            place.wrote(connection, piece.length);
        }

        /** The piece has gone out, or never will. */
        @Override
        public void operationComplete(ChannelFuture written) {
            Subscription pieces = source;
            if (pieces == null || cancelled) {
                return;
            }
            if (written.isSuccess()) {
                pieces.request(1);
            } else {
                pieces.cancel();
            }
        }

        /** Behind what is on its way to the loop. */
        @Override
        public void onComplete() {
            afterwards(actual::onComplete);
        }

        @Override
        public void onError(Throwable failure) {
            afterwards(() -> actual.onError(failure));
        }

        @Override
        public void cancel() {
            cancelled = true;
            Subscription pieces = source;
            if (pieces != null) {
                pieces.cancel();
            }
        }
    }
}
