package io.kubespring.storage;

import io.kubespring.storage.Store.Batch;
import io.kubespring.storage.Store.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Remembers what a watch delivered, and lets a test wait for it. */
public final class RecordingSubscriber implements Subscriber<Batch> {

    private static final long PATIENCE_MILLIS = 60_000;

    private final long initialRequest;
    private final List<Event> events = new ArrayList<>();
    private long revision;
    private @Nullable Throwable error;
    private @Nullable Subscription subscription;

    public RecordingSubscriber(long initialRequest) {
        this.initialRequest = initialRequest;
    }

    @Override
    public void onSubscribe(Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        if (initialRequest > 0) {
            given.request(initialRequest);
        }
    }

    @Override
    public synchronized void onNext(Batch batch) {
        events.addAll(batch.events());
        revision = batch.revision();
        notifyAll();
    }

    @Override
    public synchronized void onError(Throwable failure) {
        error = failure;
        notifyAll();
    }

    @Override
    public void onComplete() {
        onError(new AssertionError("a watch never completes"));
    }

    public void request(long count) {
        given().request(count);
    }

    public void cancel() {
        given().cancel();
    }

    private synchronized Subscription given() {
        Subscription known = subscription;
        if (known == null) {
            throw new AssertionError("not subscribed");
        }
        return known;
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    public synchronized long revision() {
        return revision;
    }

    /** Each event as "key before>after". */
    public List<String> described() {
        return events().stream()
                .map(event -> event.key() + " " + text(event.previous()) + ">" + text(event.value()))
                .toList();
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }

    public void awaitRevision(long wanted) {
        await(() -> revision >= wanted);
    }

    public void awaitEvents(int count) {
        await(() -> events.size() >= count);
    }

    public Throwable awaitError() {
        await(() -> error != null);
        Throwable failure = error;
        return failure == null ? new AssertionError() : failure;
    }

    private synchronized void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain; revision " + revision + ", error " + error);
            }
            try {
                wait(100);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }
}
