package io.kubespring.storage.etcd;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store.Batch;
import io.kubespring.storage.Store.Event;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.watch.WatchQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * Many watches over one {@link EventStream}. It starts with the first watch; a later one takes what it missed from the
 * recent changes, or from a stream of its own until that has caught up ({@link CatchUp}). Queueing a change for all and
 * moving the position is one step under the lock, in which a watch also joins: nobody misses or repeats a change.
 */
final class EventHub implements EventStream.Sink {

    /** Opens a stream of what comes after a revision. */
    interface Streams {
        EventStream after(long revision, EventStream.Sink sink);
    }

    private final Streams streams;
    private final Supplier<CompletableFuture<Long>> newest;
    private final SeenWaits waits;

    /** Each with the revision that it has seen everything up to when it joined. */
    private final Map<WatchQueue, Long> members = new ConcurrentHashMap<>();

    private RecentEvents recent = new RecentEvents(0);
    private volatile @Nullable EventStream stream;
    private @Nullable Throwable closed;

    /** @param newest the newest revision there is, by a quorum read */
    EventHub(Streams streams, Supplier<CompletableFuture<Long>> newest, TimeSource time) {
        this.streams = streams;
        this.newest = newest;
        waits = new SeenWaits(time);
    }

    static Streams streams(
            io.grpc.Channel channel, Executor executor, KeySpace keys, WatchScope scope, TimeSource time) {
        return (revision, sink) -> new EventStream(channel, executor, keys, scope, time, revision, sink);
    }

    void watch(String prefix, long after, Subscriber<? super Batch> subscriber) {
        var watch = new WatchQueue(prefix, subscriber, members::remove);
        subscriber.onSubscribe(watch);
        resume(watch, after);
    }

    private void resume(WatchQueue watch, long after) {
        if (!join(watch, after)) {
            new CatchUp(watch, this).start(streams, after);
        }
        watch.drain();
    }

    /** @return false if {@code at} is before what is remembered here */
    boolean join(WatchQueue watch, long at) {
        EventStream starting = null;
        synchronized (this) {
            if (closed != null) {
                watch.fail(closed);
                return true;
            }
            if (stream == null) {
                recent = new RecentEvents(at);
                starting = streams.after(at, this);
                stream = starting;
            } else if (!recent.reachesBackTo(at)) {
                return false;
            }
            List<Event> missed = under(watch.prefix(), recent.after(at), at);
            if (!missed.isEmpty() || recent.position() > at) {
                watch.offer(new Batch(missed, Math.max(at, recent.position())));
            }
            if (!watch.ended()) {
                members.put(watch, at);
            }
        }
        if (starting != null) {
            starting.open();
        }
        return true;
    }

    static List<Event> under(String prefix, List<Event> events, long after) {
        List<Event> matching = List.of();
        for (Event event : events) {
            if (event.key().startsWith(prefix) && event.revision() > after) {
                if (matching.isEmpty()) {
                    matching = new ArrayList<>(events.size());
                }
                matching.add(event);
            }
        }
        return matching;
    }

    @Override
    public void events(List<Event> events, long revision) {
        synchronized (this) {
            recent.add(events, revision);
            Batch progress = WatchQueue.progress(revision);
            members.forEach((watch, after) -> {
                if (revision > after) {
                    List<Event> matching = under(watch.prefix(), events, after);
                    watch.offer(matching.isEmpty() ? progress : new Batch(matching, revision));
                }
            });
        }
        members.keySet().forEach(WatchQueue::drain);
        waits.reached(revision);
    }

    /** How far the watches have seen. */
    synchronized long position() {
        return recent.position();
    }

    /** There is a revision that the stream should bring by itself. */
    void expect(long revision) {
        EventStream current = stream;
        if (current != null) {
            current.expect(revision);
        }
    }

    /** Completes with {@code revision} when the watches have been told of it, where there are any. */
    CompletableFuture<Long> seen(long revision) {
        expect(revision);
        return members.isEmpty() ? CompletableFuture.completedFuture(revision) : waits.answer(revision);
    }

    /** An etcd that was restored from an older copy has fewer revisions than were seen: nothing seen counts any more. */
    @Override
    public void resumed() {
        long seen;
        synchronized (this) {
            // Before asking: what comes while the answer is under way may be newer than the answer.
            seen = recent.position();
        }
        newest.get().thenAccept(revision -> {
            if (revision < seen) {
                restart(watch -> new StoreException.Compacted(revision));
            }
        });
    }

    @Override
    public void compacted(long oldest) {
        restart(seen -> seen < oldest ? new StoreException.Compacted(oldest) : null);
    }

    /** Those that cannot go on from what they have seen are ended; the others begin a new stream. */
    private void restart(Function<Long, @Nullable StoreException> refusal) {
        Map<WatchQueue, Long> were;
        long position;
        synchronized (this) {
            were = Map.copyOf(members);
            members.clear();
            position = recent.position();
            if (stream != null) {
                stream.close();
                stream = null;
            }
        }
        were.forEach((watch, joined) -> {
            long seen = Math.max(joined, position);
            StoreException refused = refusal.apply(seen);
            if (refused == null) {
                resume(watch, seen);
            } else {
                watch.fail(refused);
            }
        });
    }

    /** What is remembered of before {@code revision} is not served any more. */
    synchronized void forgetBefore(long revision) {
        recent.forgetBefore(revision);
    }

    void close(Throwable reason) {
        synchronized (this) {
            closed = reason;
            if (stream != null) {
                stream.close();
            }
        }
        members.keySet().forEach(watch -> watch.fail(reason));
    }
}
