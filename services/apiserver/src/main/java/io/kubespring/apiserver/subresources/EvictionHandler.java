package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.ResourceCaches;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.registry.DeleteRequest;
import io.kubespring.apiserver.registry.DeleteResult;
import io.kubespring.apiserver.registry.Deleter;
import io.kubespring.apiserver.registry.Registry;
import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.DeleteOptions;
import io.kubespring.apiserver.request.FieldValidation;
import io.kubespring.apiserver.request.WriteOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * POST of a {@code policy/v1 Eviction}: deletes the Pod if its PodDisruptionBudget allows, and takes the disruption off the
 * budget. 429 where it does not allow it, as the API-initiated eviction documentation says. A Pod that runs nothing is
 * deleted without asking; one that is not ready may be, but only as it was looked at.
 */
final class EvictionHandler implements VerbHandler {

    private static final GroupVersionKind KIND = new GroupVersionKind("policy", "v1", "Eviction");
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
    private static final int ATTEMPTS = 20;

    private final ResourceType budgets;
    private final Schema schema;
    private final ResourceCaches caches;
    private final Writer writer;
    private final Deleter deleter;
    private final AdmissionChain admission;
    private final TimeSource time;

    EvictionHandler(
            ResourceType budgets,
            Schema schema,
            ResourceCaches caches,
            Registry registry,
            AdmissionChain admission,
            TimeSource time) {
        this.budgets = budgets;
        this.schema = schema;
        this.caches = caches;
        this.writer = registry.writer();
        this.deleter = registry.deleter();
        this.admission = admission;
        this.time = time;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        return Bodies.question(call, KIND, schema, (eviction, options) -> {
            if (!eviction.path("metadata").path("name").asString("").equals(call.name())) {
                throw StatusException.badRequest("name in URL does not match name in Eviction object");
            }
            DeleteOptions delete = deleteOptions(eviction, options);
            var attributes = attributes(call, options);
            admission.mutate(attributes, eviction, null);
            admission.validate(attributes, eviction, null);
            return evict(call, delete, 1).map(deleted -> BindingHandler.success());
        });
    }

    /** A dry run may be asked for in the query, in the eviction, or in both. */
    private static DeleteOptions deleteOptions(ObjectNode eviction, WriteOptions options) {
        ObjectNode body = eviction.get("deleteOptions") instanceof ObjectNode given ? given.deepCopy() : Json.object();
        if (options.dryRun() && body.path("dryRun").isEmpty()) {
            body.putArray("dryRun").add("All");
        }
        return DeleteOptions.of(body);
    }

    private static AdmissionAttributes attributes(Call call, WriteOptions options) {
        return new AdmissionAttributes(
                AdmissionAttributes.Operation.CREATE,
                KIND,
                call.groupResource(),
                call.subresource(),
                call.namespace(),
                call.name(),
                call.request().user(),
                options.dryRun(),
                options.toTree());
    }

    private Mono<DeleteResult> evict(Call call, DeleteOptions options, int attempt) {
        return Mono.fromFuture(() -> caches.of(call.type()).consistent()).flatMap(snapshot -> {
            StoredObject found = snapshot.get(call.namespace(), call.name());
            if (found == null) {
                throw StatusException.notFound(PODS, call.name());
            }
            ObjectNode pod = found.tree();
            return unguarded(pod) ? deleteUnguarded(call, options, pod, attempt) : deleteGuarded(call, options, pod);
        });
    }

    private static String phase(ObjectNode pod) {
        return pod.path("status").path("phase").asString("");
    }

    private static boolean over(ObjectNode pod) {
        return FINISHED.contains(phase(pod)) || pod.path("metadata").hasNonNull("deletionTimestamp");
    }

    private static boolean unguarded(ObjectNode pod) {
        return over(pod) || phase(pod).equals("Pending");
    }

    /** A Pending Pod may begin to run meanwhile: then it is looked at again. */
    private Mono<DeleteResult> deleteUnguarded(Call call, DeleteOptions options, ObjectNode pod, int attempt) {
        boolean asItIs = !over(pod) && options.preconditionResourceVersion() == null;
        return delete(call, asItIs ? as(options, pod) : options)
                .onErrorResume(
                        StatusException.class,
                        failure -> asItIs && failure.reason() == StatusReason.CONFLICT && attempt < ATTEMPTS
                                ? evict(call, options, attempt + 1)
                                : Mono.error(failure));
    }

    private Mono<DeleteResult> deleteGuarded(Call call, DeleteOptions options, ObjectNode pod) {
        return Mono.fromFuture(() -> caches.of(budgets).consistent()).flatMap(snapshot -> {
            ObjectNode budget = budgetOf(snapshot, call.namespace(), pod);
            if (budget == null) {
                return delete(call, options);
            }
            String name = DisruptionBudgets.name(budget);
            return DisruptionBudgets.sparesUnready(budget, pod)
                    ? deleteUnready(call, options, pod, name)
                    : spend(call, options, name).then(delete(call, options));
        });
    }

    private Mono<DeleteResult> deleteUnready(Call call, DeleteOptions options, ObjectNode pod, String budget) {
        return delete(call, as(options, pod))
                .onErrorMap(
                        StatusException.class,
                        failure -> failure.reason() == StatusReason.CONFLICT
                                        && options.preconditionResourceVersion() == null
                                ? DisruptionBudgets.notYet(budget)
                                : failure);
    }

    private static @Nullable ObjectNode budgetOf(Snapshot budgets, String namespace, ObjectNode pod) {
        List<ObjectNode> matching = new ArrayList<>(1);
        for (Iterator<StoredObject> each = budgets.objects(namespace); each.hasNext(); ) {
            ObjectNode budget = each.next().tree();
            if (DisruptionBudgets.guards(budget, pod)) {
                matching.add(budget);
            }
        }
        if (matching.size() > 1) {
            throw new StatusException(
                    StatusReason.UNKNOWN,
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        return matching.isEmpty() ? null : matching.getFirst();
    }

    private Mono<?> spend(Call call, DeleteOptions options, String budget) {
        var write =
                new WriteOptions("UpdateOptions", options.dryRun(), "kube-apiserver", FieldValidation.IGNORE, false);
        return Mono.fromFuture(() -> writer.update(new WriteRequest(
                budgets,
                "status",
                call.namespace(),
                budget,
                call.request().user(),
                write,
                new WriteSource.Derived(current -> DisruptionBudgets.spend(current, call.name(), time.now()), false))));
    }

    private static DeleteOptions as(DeleteOptions options, ObjectNode pod) {
        return options.withResourceVersion(
                pod.path("metadata").path("resourceVersion").asString(""));
    }

    /** The Pod's status says why it goes before it goes; a Pod that the options do not mean is left to them to refuse. */
    private Mono<DeleteResult> delete(Call call, DeleteOptions options) {
        if (options.dryRun()) {
            return remove(call, options);
        }
        var write = new WriteOptions("UpdateOptions", false, "kube-apiserver", FieldValidation.IGNORE, false);
        return Mono.fromFuture(() -> writer.update(new WriteRequest(
                        call.type(),
                        "status",
                        call.namespace(),
                        call.name(),
                        call.request().user(),
                        write,
                        new WriteSource.Derived(current -> tellWhy(current, options), false))))
                .flatMap(told -> {
                    boolean expected = options.preconditionResourceVersion() != null && told.revision() > 0;
                    return remove(call, expected ? as(options, told.object()) : options);
                });
    }

    private void tellWhy(ObjectNode pod, DeleteOptions options) {
        JsonNode metadata = pod.path("metadata");
        boolean meant = isOrNull(options.preconditionUid(), metadata.path("uid"))
                && isOrNull(options.preconditionResourceVersion(), metadata.path("resourceVersion"));
        if (meant) {
            PodConditions.set(
                    pod, "DisruptionTarget", "True", "EvictionByEvictionAPI", "Eviction API: evicting", time.now());
        }
    }

    private static boolean isOrNull(@Nullable String wanted, JsonNode actual) {
        return wanted == null || wanted.equals(actual.asString(""));
    }

    private Mono<DeleteResult> remove(Call call, DeleteOptions options) {
        return Mono.fromFuture(() -> deleter.delete(new DeleteRequest(
                call.type(), call.namespace(), call.name(), call.request().user(), options)));
    }
}
