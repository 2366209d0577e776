package io.kubespring.controllers.expectations;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * For each owner, how many creations and which deletions its controller has asked for and the informer has not shown yet.
 * While any are outstanding the owner's Pods are not counted, as the copy is known to be stale. An expectation that is
 * not met is given up after five minutes, as upstream.
 *
 * @param <K> what names an owner
 */
public final class Expectations<K> {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final class Entry {
        int creations;
        final Set<String> deletions = new HashSet<>();
        long at;
    }

    private final TimeSource time;
    private final Map<K, Entry> entries = new HashMap<>();

    public Expectations(TimeSource time) {
        this.time = time;
    }

    /** Whether the owner may be synced. */
    public synchronized boolean satisfied(K owner) {
        Entry entry = entries.get(owner);
        return entry == null
                || entry.creations <= 0 && entry.deletions.isEmpty()
                || time.nanoTime() - entry.at > TIMEOUT.toNanos();
    }

    public synchronized void expectCreations(K owner, int count) {
        fresh(owner).creations = count;
    }

    /** @param objects unique names (uids) of what is being deleted */
    public synchronized void expectDeletions(K owner, Set<String> objects) {
        fresh(owner).deletions.addAll(objects);
    }

    private Entry fresh(K owner) {
        var entry = new Entry();
        entry.at = time.nanoTime();
        entries.put(owner, entry);
        return entry;
    }

    public void creationObserved(K owner) {
        lowerCreations(owner, 1);
    }

    /** Also for creations that failed or were not tried. */
    public synchronized void lowerCreations(K owner, int count) {
        Entry entry = entries.get(owner);
        if (entry != null) {
            entry.creations -= count;
        }
    }

    public synchronized void deletionObserved(K owner, String object) {
        Entry entry = entries.get(owner);
        if (entry != null) {
            entry.deletions.remove(object);
        }
    }

    public synchronized void forget(K owner) {
        entries.remove(owner);
    }
}
