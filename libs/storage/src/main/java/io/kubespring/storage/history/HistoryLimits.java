package io.kubespring.storage.history;

/**
 * How much of the past is kept.
 *
 * @param maxChanges most changes
 * @param maxBytes most bytes of replaced values, with an overhead per change
 */
public record HistoryLimits(int maxChanges, long maxBytes) {

    /** What a change costs besides its values. */
    static final long CHANGE_OVERHEAD = 128;

    public static final HistoryLimits DEFAULT = new HistoryLimits(100_000, 24L << 20);
}
