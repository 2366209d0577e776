package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.schema.Schema;
import io.kubespring.api.selector.LabelSelector;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.registry.DeleteRequest;
import io.kubespring.apiserver.registry.Deleter;
import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.DeleteOptions;
import io.kubespring.apiserver.request.WriteOptions;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * POST of a {@code policy/v1 Eviction}: deletes the Pod if its PodDisruptionBudget allows, and takes the disruption off the
 * budget. 429 where it does not allow it, as the API-initiated eviction documentation says.
 */
final class EvictionHandler implements VerbHandler {

    private static final GroupVersionKind KIND = new GroupVersionKind("policy", "v1", "Eviction");
    private static final GroupResource BUDGETS = new GroupResource("policy", "poddisruptionbudgets");
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final Set<String> UNGUARDED = Set.of("Pending", "Succeeded", "Failed");

    private final ResourceType budgets;
    private final Schema schema;
    private final ObjectSource objects;
    private final Writer writer;
    private final Deleter deleter;
    private final TimeSource time;

    EvictionHandler(
            ResourceType budgets,
            Schema schema,
            ObjectSource objects,
            Writer writer,
            Deleter deleter,
            TimeSource time) {
        this.budgets = budgets;
        this.schema = schema;
        this.objects = objects;
        this.writer = writer;
        this.deleter = deleter;
        this.time = time;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        WriteOptions.parse("CreateOptions", call.request().query(), null, false);
        return Bodies.read(call, KIND, schema).flatMap(eviction -> {
            String named = eviction.path("metadata").path("name").asString("");
            if (!named.isEmpty() && !named.equals(call.name())) {
                throw StatusException.badRequest("name in URL does not match name in Eviction object");
            }
            DeleteOptions options = eviction.get("deleteOptions") instanceof ObjectNode body
                    ? DeleteOptions.of(body, call.request().query())
                    : DeleteOptions.of(call.request().query());
            var item = objects.get(PODS, call.namespace(), call.name());
            if (item == null) {
                throw StatusException.notFound(PODS, call.name());
            }
            return spend(call, item.tree(), options)
                    .then(Mono.fromFuture(() -> deleter.delete(new DeleteRequest(
                            call.type(),
                            call.namespace(),
                            call.name(),
                            call.request().user(),
                            options))))
                    .map(deleted -> ApiResponse.json(201, BindingHandler.success()));
        });
    }

    private Mono<?> spend(Call call, ObjectNode pod, DeleteOptions options) {
        boolean guarded = !UNGUARDED.contains(pod.path("status").path("phase").asString(""))
                && !pod.path("metadata").hasNonNull("deletionTimestamp");
        ObjectNode budget = guarded ? budgetOf(call.namespace(), pod) : null;
        if (budget == null) {
            return Mono.empty();
        }
        String name = budget.path("metadata").path("name").asString("");
        var write = new WriteOptions(
                "UpdateOptions",
                options.dryRun(),
                "kube-apiserver",
                io.kubespring.apiserver.request.FieldValidation.IGNORE,
                false);
        return Mono.fromFuture(writer.update(new WriteRequest(
                budgets,
                "status",
                call.namespace(),
                name,
                call.request().user(),
                write,
                new WriteSource.Derived(current -> take(current, call.name()), false))));
    }

    private @Nullable ObjectNode budgetOf(String namespace, ObjectNode pod) {
        Map<String, String> labels = new HashMap<>();
        pod.path("metadata")
                .path("labels")
                .properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().asString("")));
        List<ObjectNode> matching = objects.list(BUDGETS, namespace).stream()
                .map(ObjectSource.Item::tree)
                .filter(budget -> budget.path("spec").get("selector") instanceof ObjectNode selector
                        && LabelSelector.of(selector).matches(labels))
                .toList();
        if (matching.size() > 1) {
            throw StatusException.internal(
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        return matching.isEmpty() ? null : matching.getFirst();
    }

    private void take(ObjectNode budget, String pod) {
        String name = budget.path("metadata").path("name").asString("");
        ObjectNode status = budget.get("status") instanceof ObjectNode present ? present : budget.putObject("status");
        long observed = status.path("observedGeneration").asLong(0);
        if (observed < budget.path("metadata").path("generation").asLong(0)) {
            throw refused(name, "The disruption budget " + name + " is still being processed by the server.");
        }
        long allowed = status.path("disruptionsAllowed").asLong(0);
        if (allowed <= 0) {
            throw refused(
                    name,
                    "The disruption budget " + name + " needs "
                            + status.path("desiredHealthy").asLong(0) + " healthy pods and has "
                            + status.path("currentHealthy").asLong(0) + " currently");
        }
        status.put("disruptionsAllowed", allowed - 1);
        ObjectNode disrupted =
                status.get("disruptedPods") instanceof ObjectNode present ? present : status.putObject("disruptedPods");
        disrupted.put(pod, time.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static StatusException refused(String budget, String why) {
        return new StatusException(
                StatusReason.TOO_MANY_REQUESTS,
                StatusReason.TOO_MANY_REQUESTS.code(),
                "Cannot evict pod as it would violate the pod's disruption budget.",
                new StatusException.Details(
                        budget, "", "", "", List.of(new StatusException.Cause("DisruptionBudget", why, "")), null));
    }
}
