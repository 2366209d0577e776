package io.kubespring.apiserver.registry;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.registry.Beginnings.Beginning;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/** Carries a {@link Deletion} out by compare-and-swap, planning again when the object changed meanwhile. */
public final class Deleter {

    private final Store store;
    private final Beginnings beginnings;
    private final AdmissionChain admission;
    private final StrategyRegistry strategies;
    private final ObjectSource objects;
    private final TimeSource time;

    Deleter(
            Store store,
            Beginnings beginnings,
            AdmissionChain admission,
            StrategyRegistry strategies,
            ObjectSource objects,
            TimeSource time) {
        this.store = store;
        this.beginnings = beginnings;
        this.admission = admission;
        this.strategies = strategies;
        this.objects = objects;
        this.time = time;
    }

    /** Fails with a {@link StatusException}. */
    public CompletableFuture<DeleteResult> delete(DeleteRequest request) {
        return beginnings.begin(
                request.type(),
                request.namespace(),
                request.name(),
                request.options().dryRun(),
                from -> deleteFrom(request, from));
    }

    private CompletableFuture<DeleteResult> deleteFrom(DeleteRequest request, Beginning from) {
        var resource = request.type().groupResource();
        Store.Entry entry = from.entry();
        if (entry == null) {
            throw StatusException.notFound(resource, request.name());
        }
        ResourceStrategy strategy = strategies.of(resource);
        Live live = Live.of(entry, request.type());
        Context context = new Context(
                request.type(),
                "",
                request.namespace(),
                request.user(),
                time.now(),
                request.options().dryRun(),
                objects);
        Deletion.Plan plan;
        try {
            Expectations.checkDelete(
                    request.options(), live.object(), request.type().kind());
            admission.validate(attributes(request), null, live.object());
            plan = Deletion.plan(live.object(), request.options(), strategy, context);
        } catch (RuntimeException refused) {
            return beginnings.confirmed(
                    from, () -> CompletableFuture.failedFuture(refused), now -> deleteFrom(request, now));
        }
        if (request.options().dryRun() || (!plan.remove() && plan.object().equals(live.object()))) {
            var answer = new DeleteResult(plan.remove(), plan.object());
            return beginnings.confirmed(
                    from, () -> CompletableFuture.completedFuture(answer), now -> deleteFrom(request, now));
        }
        return carryOut(request, entry, live, plan, strategy, context);
    }

    private CompletableFuture<DeleteResult> carryOut(
            DeleteRequest request,
            Store.Entry entry,
            Live live,
            Deletion.Plan plan,
            ResourceStrategy strategy,
            Context context) {
        ObjectNode object = plan.object();
        CompletableFuture<Long> write = plan.remove()
                ? store.delete(entry.key(), live.revision())
                : store.update(entry.key(), Writer.encode(object), live.revision(), strategy.timeToLive(object));
        return write.handle((revision, failure) -> {
                    if (failure == null) {
                        Metadata.of(object).put("resourceVersion", Long.toString(revision));
                        context.commit();
                        if (plan.remove()) {
                            strategy.afterDelete(object, context);
                        } else {
                            strategy.afterWrite(live.object(), object, context);
                        }
                        return context.settled(new DeleteResult(plan.remove(), object));
                    }
                    context.abort();
                    return Failures.cause(failure) instanceof StoreException.Conflict conflict
                            ? deleteFrom(request, new Beginning(conflict.current(), true))
                            : CompletableFuture.<DeleteResult>failedFuture(Failures.cause(failure));
                })
                .thenCompose(result -> result);
    }

    private static AdmissionAttributes attributes(DeleteRequest request) {
        return new AdmissionAttributes(
                AdmissionAttributes.Operation.DELETE,
                request.type().kind(),
                request.type().groupResource(),
                "",
                request.namespace(),
                request.name(),
                request.user(),
                request.options().dryRun(),
                null);
    }
}
