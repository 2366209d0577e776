package io.kubespring.apiserver.registry;

import io.kubespring.api.error.StatusException;
import java.util.concurrent.CompletableFuture;

/**
 * Something in the store that an attempt needs besides its own object: an address, a port. It is taken right before the
 * object is written, so that the store's compare-and-swap decides between several servers, and given back if the object is
 * not written after all.
 */
public interface Claim {

    /**
     * Fails with a {@link StatusException} where the request is refused, with {@link Lost} where another attempt may choose
     * something else.
     */
    CompletableFuture<Void> take();

    /** What {@link #take} would answer, for a dry run; takes nothing. */
    CompletableFuture<Void> check();

    /** Called once for an attempt that is not stored, whether or not the claim was taken. */
    void giveBack();

    /** Somebody else was faster; the attempt begins again once {@code informed} completes. */
    final class Lost extends RuntimeException {

        private final transient CompletableFuture<?> informed;

        /** @param informed completes, in whatever way, when a new choice may rest on what is there now */
        public Lost(CompletableFuture<?> informed) {
            super("claimed by somebody else", null, false, false);
            this.informed = informed;
        }

        CompletableFuture<?> informed() {
            return informed;
        }
    }
}
