package io.kubespring.apiserver.allocation;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.registry.Claim;
import io.kubespring.apiserver.registry.Failures;
import io.kubespring.storage.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One name for one Service: one that the user named, or one that was chosen because it looked free. */
final class LedgerClaim implements Claim {

    private final Ledger ledger;
    private final String name;
    private final Holder holder;
    private final @Nullable Supplier<StatusException> refusal;
    private final AllocationMetrics.Meters meters;
    private volatile long revision;

    /** @param refusal what to answer if somebody else has it; null if something else may be chosen then */
    LedgerClaim(
            Ledger ledger,
            String name,
            Holder holder,
            @Nullable Supplier<StatusException> refusal,
            AllocationMetrics.Meters meters) {
        this.ledger = ledger;
        this.name = name;
        this.holder = holder;
        this.refusal = refusal;
        this.meters = meters;
    }

    @Override
    public CompletableFuture<Void> take() {
        long begun = meters.begin();
        return ledger.claim(name, holder).handle((claimed, failure) -> {
            if (failure == null) {
                revision = claimed;
                meters.allocated(refusal != null, begun);
                return null;
            }
            throw new CompletionException(
                    Failures.cause(failure) instanceof StoreException.Exists ? taken() : Failures.cause(failure));
        });
    }

    private RuntimeException taken() {
        if (refusal == null) {
            return new Lost(ledger.freshView());
        }
        meters.failed(true);
        return refusal.get();
    }

    @Override
    public CompletableFuture<Void> check() {
        if (refusal == null) {
            return CompletableFuture.completedFuture(null);
        }
        return ledger.isTaken(name).thenAccept(taken -> {
            if (taken) {
                throw refusal.get();
            }
        });
    }

    @Override
    public void giveBack() {
        if (revision > 0) {
            ledger.release(name, revision);
        } else if (refusal == null) {
            ledger.letGo(name);
        }
    }
}
