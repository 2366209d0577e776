package io.kubespring.storage.embedded;

import io.kubespring.storage.Store.Batch;
import io.kubespring.storage.Store.Event;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.history.Change;
import io.kubespring.storage.history.VersionedMap;
import io.kubespring.storage.watch.WatchQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * The published view and those who watch it. Moving the view and queueing for all watchers is one step under the lock,
 * in which a new watcher also takes its backlog: nobody misses or repeats a change.
 */
final class WatchHub {

    private final VersionedMap<Slot> published;
    private final Set<WatchQueue> watches = ConcurrentHashMap.newKeySet();
    private @Nullable Throwable closed;

    WatchHub(VersionedMap<Slot> published) {
        this.published = published;
    }

    VersionedMap<Slot> published() {
        return published;
    }

    void publish(List<Change<Slot>> changes, long revision) {
        synchronized (this) {
            published.apply(changes, revision);
            List<Event> events = changes.stream().map(WatchHub::event).toList();
            Batch progress = WatchQueue.progress(revision);
            for (WatchQueue watch : watches) {
                List<Event> matching = under(watch.prefix(), events);
                watch.offer(matching.isEmpty() ? progress : new Batch(matching, revision));
            }
        }
        watches.forEach(WatchQueue::drain);
    }

    void watch(String prefix, long after, Subscriber<? super Batch> subscriber) {
        var watch = new WatchQueue(prefix, subscriber, watches::remove);
        Throwable refusal;
        synchronized (this) {
            refusal = closed == null ? register(watch, after) : closed;
        }
        subscriber.onSubscribe(watch);
        if (refusal != null) {
            watch.fail(refusal);
        }
        watch.drain();
    }

    private @Nullable StoreException register(WatchQueue watch, long after) {
        try {
            List<Event> backlog = published.after(after).stream()
                    .filter(change -> change.key().startsWith(watch.prefix()))
                    .map(WatchHub::event)
                    .toList();
            watch.offer(new Batch(backlog, Math.max(after, published.present().revision())));
            watches.add(watch);
            return null;
        } catch (StoreException.Compacted compacted) {
            return compacted;
        }
    }

    private static List<Event> under(String prefix, List<Event> events) {
        List<Event> matching = new ArrayList<>();
        for (Event event : events) {
            if (event.key().startsWith(prefix)) {
                matching.add(event);
            }
        }
        return matching;
    }

    private static Event event(Change<Slot> change) {
        Slot value = change.value();
        Slot previous = change.previous();
        return new Event(
                change.key(),
                value == null ? null : value.entry().value(),
                previous == null ? null : previous.entry().value(),
                previous == null ? 0 : previous.entry().revision(),
                change.revision());
    }

    void close(Throwable reason) {
        synchronized (this) {
            closed = reason;
        }
        watches.forEach(watch -> watch.fail(reason));
    }
}
