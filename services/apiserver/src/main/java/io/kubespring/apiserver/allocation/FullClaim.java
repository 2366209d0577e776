package io.kubespring.apiserver.allocation;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.registry.Claim;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What nothing free was found for: refused, unless the view that said so was old. */
record FullClaim(Ledger ledger, List<FreeNumbers> ranges, Supplier<StatusException> refusal) implements Claim {

    @Override
    public CompletableFuture<Void> take() {
        return ledger.freshView()
                .thenCompose(view -> CompletableFuture.failedFuture(
                        ranges.stream().anyMatch(each -> each.anyFree(view))
                                ? new Lost(CompletableFuture.completedFuture(null))
                                : refusal.get()));
    }

    @Override
    public CompletableFuture<Void> check() {
        return take();
    }

    @Override
    public void giveBack() {}
}
