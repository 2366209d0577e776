package io.kubespring.storage.embedded;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A write that waits for its turn.
 *
 * @param value null to delete
 * @param expected {@link #ABSENT} to create
 * @param expires epoch milliseconds; 0 for never
 */
record Write(String key, byte @Nullable [] value, long expected, long expires, CompletableFuture<Long> answer) {

    static final long ABSENT = 0;

    /** Writes nothing and leaves out revisions, so that the current one is at least this. */
    static Write advance(long revision, CompletableFuture<Long> answer) {
        return new Write("", null, -revision, 0, answer);
    }

    /** The revision to go on from; 0 if this writes something. */
    long advancesTo() {
        return expected < 0 ? -expected : 0;
    }

    int weight() {
        return value == null ? 0 : value.length;
    }
}
