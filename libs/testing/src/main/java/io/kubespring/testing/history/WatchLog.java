package io.kubespring.testing.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one watcher was told, in order: lists it began or began again with, and events. Written by one thread. */
public final class WatchLog {

    sealed interface Entry {
        /** @param values by key; revisions of the objects are not needed */
        record Listed(long revision, Map<String, String> values) implements Entry {}

        record Told(Change change, String key, String value, long revision) implements Entry {}
    }

    /** The types of watch events that carry objects. */
    public enum Change {
        ADDED,
        MODIFIED,
        DELETED
    }

    private final String name;
    private final List<Entry> entries = new ArrayList<>();

    public WatchLog(String name) {
        this.name = name;
    }

    public synchronized void listed(long revision, Map<String, String> values) {
        entries.add(new Entry.Listed(revision, Map.copyOf(values)));
    }

    public synchronized void told(Change change, String key, String value, long revision) {
        entries.add(new Entry.Told(change, key, value, revision));
    }

    String name() {
        return name;
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** From where the watch goes on. */
    public synchronized long revision() {
        return switch (entries.isEmpty() ? null : entries.getLast()) {
            case null -> 0;
            case Entry.Listed listed -> listed.revision();
            case Entry.Told told -> told.revision();
        };
    }
}
