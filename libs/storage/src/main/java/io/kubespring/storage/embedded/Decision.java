package io.kubespring.storage.embedded;

import io.kubespring.storage.StoreException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a write's caller will hear, but not before everything the decision rests on is durable.
 *
 * @param failure null if it was written, at {@code revision}
 */
record Decision(
        CompletableFuture<Long> answer,
        long revision,
        @Nullable StoreException failure) {

    void announce() {
        if (failure == null) {
            answer.complete(revision);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    void fail(StoreException instead) {
        answer.completeExceptionally(instead);
    }
}
