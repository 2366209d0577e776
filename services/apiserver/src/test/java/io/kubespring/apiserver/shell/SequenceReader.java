package io.kubespring.apiserver.shell;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/**
 * One watch as a client reads it. Events are recognised by {@code "seq":"N"} in their object; that they come complete and
 * in order, beginning with 1, is checked as they come.
 */
final class SequenceReader implements HttpResponse.BodySubscriber<Void> {

    private static final byte[] MARK = "\"seq\":\"".getBytes(StandardCharsets.US_ASCII);

    private final LongConsumer received;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int matched;
    private long number;
    private volatile Flow.Subscription subscription;
    private volatile long last;
    private volatile String disorder = "";

    /** @param received called with each number */
    SequenceReader(LongConsumer received) {
        this.received = received;
    }

    /** The highest number that came, all before it included. */
    long last() {
        return last;
    }

    /** What was wrong with the order; empty if nothing was. */
    String disorder() {
        return disorder;
    }

    boolean connected() {
        return subscription != null;
    }

    void disconnect() {
        subscription.cancel();
    }

    /** Completes with the stream, exceptionally if that was cut. */
    @Override
    public CompletionStage<Void> getBody() {
        return end;
    }

    boolean ended() {
        return end.isDone();
    }

    void read(String text) {
        onNext(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))));
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        given.request(Long.MAX_VALUE);
        subscription = given;
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            while (piece.hasRemaining()) {
                next(piece.get());
            }
        }
    }

    private void next(byte each) {
        if (matched < MARK.length) {
            matched = each == MARK[matched] ? matched + 1 : each == MARK[0] ? 1 : 0;
            return;
        }
        if (each >= '0' && each <= '9') {
            number = number * 10 + each - '0';
            return;
        }
        if (number != last + 1) {
            disorder = number + " after " + last;
        }
        last = number;
        received.accept(number);
        number = 0;
        matched = 0;
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
