package io.kubespring.storage.history;

import org.jspecify.annotations.Nullable;

/**
 * One key's change.
 *
 * @param value null for a deletion
 * @param previous null for a creation
 */
public record Change<V>(
        String key, @Nullable V value, @Nullable V previous, long revision) {}
