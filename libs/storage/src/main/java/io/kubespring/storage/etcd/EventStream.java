package io.kubespring.storage.etcd;

import io.etcd.jetcd.api.Event.EventType;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change of every key after a revision, in order, exactly once, for as long as it is open. When the stream breaks
 * it is opened again from the last revision that was delivered, whatever etcd had announced or sent in part.
 *
 * <p>etcd is asked for the start revision itself, and what comes of it is dropped: so a start that was compacted is
 * refused even where only its own change is gone, and every change delivered still has its previous value.
 *
 * <p>It watches all keys, not ours alone, where etcd lets it: every revision then brings an event, and having seen the
 * event of a revision is having seen everything up to it. Else it asks ({@link WatchScope}). See
 * {@code docs/designs/003-etcd.md}.
 */
final class EventStream implements WatchCall.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** For so long a stream may say nothing while there is something to say; twice as long each time that was in vain. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(16);
    private static final Duration FIRST_ASKED = Duration.ofMillis(10);
    private static final Duration ASKED_AGAIN = Duration.ofMillis(100);

    /** Called by one thread at a time. */
    interface Sink {
        /** @param revision everything up to here has been delivered; some of it may not be under our prefix */
        void events(List<Event> events, long revision);

        /** The stream has been opened again. */
        void resumed();

        /** The start, or where the stream broke, is older than what etcd remembers. Nothing more will come. */
        void compacted(long oldest);
    }

    private final Channel channel;
    private final Executor executor;
    private final KeySpace keys;
    private final WatchScope scope;
    private final TimeSource time;
    private final Sink sink;

    /** Of a response in fragments: the changes of its newest revision, which the next fragment may go on with. */
    private List<Event> heldBack = List.of();

    private long heldRevision;
    private volatile long position;
    private volatile boolean closed;
    private volatile @Nullable WatchCall call;
    private volatile boolean created;
    private Duration pause = FIRST_PAUSE;
    private boolean opened;
    private long expected;
    private boolean listening;
    private Duration silence = SILENCE;
    private volatile int responses;
    private long wanted;
    private boolean asking;

    EventStream(
            Channel channel,
            Executor executor,
            KeySpace keys,
            WatchScope scope,
            TimeSource time,
            long after,
            Sink sink) {
        this.channel = channel;
        this.executor = executor;
        this.keys = keys;
        this.scope = scope;
        this.time = time;
        this.position = after;
        this.sink = sink;
    }

    void open() {
        if (closed) {
            return;
        }
        heldBack = List.of();
        heldRevision = 0;
        created = false;
        WatchCall opening = WatchCall.open(channel, executor, scope, Math.max(1, position), this);
        call = opening;
        if (closed) {
            opening.cancel();
        }
    }

    void close() {
        closed = true;
        WatchCall current = call;
        if (current != null) {
            current.cancel();
        }
    }

    /**
     * A revision is known that this stream has to bring. A member that is paused, cut off or behind its cluster would leave
     * it unsaid for as long as its connection lasts: if the stream stays silent, it is opened anew, at the next member.
     */
    void expect(long revision) {
        if (revision > position) {
            synchronized (this) {
                expected = Math.max(expected, revision);
                listen();
                ask(revision);
            }
        }
    }

    private synchronized void listen() {
        if (!listening) {
            listening = true;
            int heard = responses;
            time.schedule(silence, () -> listened(heard));
        }
    }

    private synchronized void listened(int heard) {
        listening = false;
        if (closed || position >= expected) {
            return;
        }
        if (responses == heard) {
            LOG.info("Watch of etcd is silent after revision {}, {} is known", position, expected);
            cancelCurrent();
            silence = silence.compareTo(LONGEST_SILENCE) < 0 ? silence.multipliedBy(2) : silence;
        }
        listen();
    }

    /** Progress is asked for where no event needs to come; but first the event, which mostly is on its way, has a moment. */
    private void ask(long revision) {
        wanted = Math.max(wanted, revision);
        if (!asking && position < wanted && scope.progress() != WatchScope.Progress.EVENTS) {
            asking = true;
            time.schedule(FIRST_ASKED, this::askNow);
        }
    }

    private void askNow() {
        WatchCall current = call;
        synchronized (this) {
            asking = !closed && position < wanted;
            if (!asking) {
                return;
            }
        }
        if (created && current != null) {
            if (scope.progress() == WatchScope.Progress.REQUESTS) {
                current.requestProgress();
            } else {
                scope.write();
            }
        }
        time.schedule(ASKED_AGAIN, this::askNow);
    }

    @Override
    public void response(WatchResponse response) {
        if (closed) {
            return;
        }
        heard(response);
        responses++;
    }

    private void heard(WatchResponse response) {
        if (response.getCompactRevision() > 0) {
            close();
            sink.compacted(response.getCompactRevision());
        } else if (response.getCanceled()) {
            if (!scope.refused(response.getCancelReason())) {
                LOG.warn("etcd ended the watch: {}", response.getCancelReason());
            }
            cancelCurrent();
        } else if (response.getCreated()) {
            created = true;
            pause = FIRST_PAUSE;
            synchronized (this) {
                // An etcd that was restored may never reach what was known; what it has now is asked for on resumption.
                expected = 0;
                ask(wanted);
            }
            if (opened) {
                sink.resumed();
            }
            opened = true;
        } else if (response.getEventsCount() > 0) {
            take(response);
        } else if (scope.progress() == WatchScope.Progress.REQUESTS && heldBack.isEmpty()) {
            reached(List.of(), response.getHeader().getRevision());
        }
    }

    private void cancelCurrent() {
        WatchCall current = call;
        if (current != null) {
            current.cancel();
        }
    }

    private void take(WatchResponse response) {
        List<Event> events = new ArrayList<>(heldBack.size() + response.getEventsCount());
        events.addAll(heldBack);
        long newest = Math.max(position, heldRevision);
        heldBack = List.of();
        heldRevision = 0;
        for (var change : response.getEventsList()) {
            KeyValue now = change.getKv();
            if (now.getModRevision() > position) {
                newest = now.getModRevision();
                Event event = event(change);
                if (event != null) {
                    events.add(event);
                }
            }
        }
        long complete = newest;
        if (WatchCall.isFragment(response)) {
            complete = newest - 1;
            int cut = events.size();
            while (cut > 0 && events.get(cut - 1).revision() > complete) {
                cut--;
            }
            heldBack = List.copyOf(events.subList(cut, events.size()));
            heldRevision = newest;
            events = events.subList(0, cut);
        }
        reached(events, complete);
    }

    private void reached(List<Event> events, long complete) {
        if (complete > position) {
            position = complete;
            synchronized (this) {
                silence = SILENCE;
            }
            sink.events(events, complete);
        }
    }

    private @Nullable Event event(io.etcd.jetcd.api.Event change) {
        KeyValue now = change.getKv();
        String key = keys.fromEtcd(now.getKey());
        if (key == null) {
            return null;
        }
        boolean had = change.hasPrevKv();
        return new Event(
                key,
                change.getType() == EventType.DELETE ? null : now.getValue().toByteArray(),
                had ? change.getPrevKv().getValue().toByteArray() : null,
                had ? change.getPrevKv().getModRevision() : 0,
                now.getModRevision());
    }

    @Override
    public void closed(Status status) {
        if (closed) {
            return;
        }
        LOG.info("Watch of etcd broke after revision {}: {}", position, status.getCode());
        time.schedule(pause, this::open);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
