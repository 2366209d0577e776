package io.kubespring.apiserver.allocation;

import io.kubespring.apiserver.registry.Failures;
import io.kubespring.storage.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** For work that has a thread of its own: the answers of the store, waited for. */
public final class StoreWait {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StoreWait() {}

    /** A claim that somebody else made meanwhile is looked at in the next pass. */
    static void claim(Ledger ledger, String name, Holder holder) {
        on(ledger.claim(name, holder).exceptionally(failure -> {
            if (Failures.cause(failure) instanceof StoreException.Exists) {
                return 0L;
            }
            throw new CompletionException(Failures.cause(failure));
        }));
    }

    /** @throws IllegalStateException where the store failed or did not answer in time */
    public static <T extends @Nullable Object> T on(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new IllegalStateException(cause == null ? failed : Failures.cause(cause));
        } catch (TimeoutException late) {
            throw new IllegalStateException("the store did not answer within " + PATIENCE, late);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", closed);
        }
    }
}
