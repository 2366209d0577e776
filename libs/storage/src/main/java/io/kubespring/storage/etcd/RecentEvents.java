package io.kubespring.storage.etcd;

import io.kubespring.storage.Store.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The last changes, bounded in number and bytes, and how far they reach. Not safe for threads. */
final class RecentEvents {

    private static final int MOST = 4_096;
    private static final long MOST_BYTES = 4L << 20;

    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private long start;
    private long position;
    private long bytes;

    /** @param position nothing up to it is remembered */
    RecentEvents(long position) {
        this.start = position;
        this.position = position;
    }

    long position() {
        return position;
    }

    /** Whether every change after {@code revision} is here. */
    boolean reachesBackTo(long revision) {
        return revision >= start;
    }

    void add(List<Event> added, long revision) {
        for (Event event : added) {
            events.add(event);
            bytes += weight(event);
        }
        position = revision;
        while (events.size() > MOST || bytes > MOST_BYTES) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Event gone = events.remove();
        bytes -= weight(gone);
        start = gone.revision();
    }

    private static long weight(Event event) {
        byte[] value = event.value();
        byte[] previous = event.previous();
        return 128L + (value == null ? 0 : value.length) + (previous == null ? 0 : previous.length);
    }

    void forgetBefore(long revision) {
        while (!events.isEmpty() && events.peek().revision() <= revision) {
            dropOldest();
        }
        start = Math.max(start, Math.min(revision, position));
    }

    /** In order. Most who ask want the last few, so it is looked for from the end. */
    List<Event> after(long revision) {
        var found = new ArrayList<Event>();
        for (Iterator<Event> newestFirst = events.descendingIterator(); newestFirst.hasNext(); ) {
            Event event = newestFirst.next();
            if (event.revision() <= revision) {
                break;
            }
            found.add(event);
        }
        return found.reversed();
    }
}
