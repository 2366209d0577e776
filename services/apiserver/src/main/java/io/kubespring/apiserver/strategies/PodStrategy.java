package io.kubespring.apiserver.strategies;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.pod.QosClass;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pods ("Pod Lifecycle"): a new Pod is Pending and has its quality of service; its status belongs to the kubelet. A
 * deletion waits for the grace period, unless nothing runs: the Pod is on no node yet, or has finished.
 */
final class PodStrategy extends KindStrategy {

    private static final Set<String> KUBELET_LEAVES =
            Set.of("spec", "metadata.deletionTimestamp", "metadata.ownerReferences");

    PodStrategy() {
        super(Traits.CONTROLLED.withDeletedObject());
    }

    @Override
    public void prepareForCreate(ObjectNode pod, Context context) {
        super.prepareForCreate(pod, context);
        ObjectNode status = pod.putObject("status").put("phase", "Pending");
        if (!pod.path("spec").path("schedulingGates").isEmpty()) {
            status.putArray("conditions")
                    .addObject()
                    .put("type", "PodScheduled")
                    .put("status", "False")
                    .put(
                            "lastTransitionTime",
                            context.now().truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("reason", "SchedulingGated")
                    .put("message", "Scheduling is blocked due to non-empty scheduling gates");
        }
        status.put("qosClass", qosClass(pod));
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        switch (context.subresource()) {
            case "ephemeralcontainers" -> keepAllBut("ephemeralContainers", next, current);
            case "resize" -> keepAllButResources(next, current);
            case "status" -> keepReferences(next, current);
            default -> {}
        }
        super.prepareForUpdate(next, current, context);
        if (context.subresource().equals("binding")) {
            // Being placed is not a change of what is wanted.
            metadata(next).set("generation", current.path("metadata").path("generation"));
        }
        if (context.subresource().equals("status")
                && next.get("status") instanceof ObjectNode status
                && !status.hasNonNull("qosClass")
                && current.path("status").hasNonNull("qosClass")) {
            status.set("qosClass", current.path("status").get("qosClass"));
        }
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode current, Context context) {
        List<FieldError> errors = super.validateUpdate(next, current, context);
        return errors.isEmpty()
                        && context.subresource().equals("resize")
                        && !qosClass(next).equals(qosClass(current))
                ? List.of(FieldError.invalid(
                        "spec", qosClass(next), "Pod QOS Class may not change as a result of resizing"))
                : errors;
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return subresource.equals("status") ? KUBELET_LEAVES : super.resetFields(subresource);
    }

    @Override
    public @Nullable Long gracePeriodSeconds(ObjectNode pod, @Nullable Long requested) {
        JsonNode own = pod.path("spec").path("terminationGracePeriodSeconds");
        long period = requested != null ? requested : own.asLong(0);
        String phase = pod.path("status").path("phase").asString("");
        if (pod.path("spec").path("nodeName").asString("").isEmpty()
                || phase.equals("Failed")
                || phase.equals("Succeeded")) {
            return 0L;
        }
        return period < 0 ? 1L : period;
    }

    private static void keepAllBut(String changing, ObjectNode next, ObjectNode current) {
        JsonNode changed = next.path("spec").path(changing);
        ObjectNode spec = current.path("spec") instanceof ObjectNode old ? old.deepCopy() : Json.object();
        if (changed.isMissingNode()) {
            spec.remove(changing);
        } else {
            spec.set(changing, changed);
        }
        next.set("spec", spec);
        next.set("metadata", current.path("metadata").deepCopy());
        keep("status", next, current);
    }

    /** Containers are found by name; all else about them stays. */
    private static void keepAllButResources(ObjectNode next, ObjectNode current) {
        ObjectNode spec = current.path("spec") instanceof ObjectNode old ? old.deepCopy() : Json.object();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                for (JsonNode wanted : next.path("spec").path(list)) {
                    if (container instanceof ObjectNode kept
                            && wanted.path("name").equals(kept.path("name"))) {
                        for (String field : List.of("resources", "resizePolicy")) {
                            if (wanted.has(field)) {
                                kept.set(field, wanted.get(field));
                            }
                        }
                    }
                }
            }
        }
        next.set("spec", spec);
        next.set("metadata", current.path("metadata").deepCopy());
        keep("status", next, current);
    }

    private static void keepReferences(ObjectNode next, ObjectNode current) {
        JsonNode references = current.path("metadata").path("ownerReferences");
        if (references.isMissingNode()) {
            metadata(next).remove("ownerReferences");
        } else {
            metadata(next).set("ownerReferences", references.deepCopy());
        }
    }

    private static String qosClass(ObjectNode pod) {
        // Only the resources matter: a small tree converts in no time.
        ObjectNode slim = Json.object();
        for (String list : new String[] {"containers", "initContainers"}) {
            for (JsonNode container : pod.path("spec").path(list)) {
                ObjectNode copy = slim.withArray(list).addObject();
                if (container.has("resources")) {
                    copy.set("resources", container.get("resources"));
                }
            }
        }
        if (pod.path("spec").has("resources")) {
            slim.set("resources", pod.path("spec").get("resources"));
        }
        return QosClass.of(Json.convert(slim, PodSpec.class)).text();
    }
}
