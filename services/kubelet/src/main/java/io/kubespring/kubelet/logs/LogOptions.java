package io.kubespring.kubelet.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is wanted.
 *
 * @param tailLines counted from the end, or null for all
 * @param limitBytes after which the answer ends, or null
 */
public record LogOptions(
        boolean follow,
        boolean timestamps,
        @Nullable Instant since,
        @Nullable Long tailLines,
        @Nullable Long limitBytes) {

    public static final LogOptions ALL = new LogOptions(false, false, null, null, null);
}
