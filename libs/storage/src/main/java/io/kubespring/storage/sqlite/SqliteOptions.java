package io.kubespring.storage.sqlite;

import io.kubespring.storage.history.HistoryLimits;

/**
 * @param maxBytes how large the database may grow; writes that need more are refused as unavailable
 * @param history how much of the past is kept, in memory
 */
public record SqliteOptions(long maxBytes, HistoryLimits history) {

    public static final SqliteOptions DEFAULT = new SqliteOptions(8L << 30, HistoryLimits.DEFAULT);
}
