package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.pod.DisabledPodFields;
import io.kubespring.kinds.pod.QosClass;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.PodWarnings;
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
                    .putNull("lastProbeTime")
                    .put(
                            "lastTransitionTime",
                            context.now().truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("reason", "SchedulingGated")
                    .put("message", "Scheduling is blocked due to non-empty scheduling gates");
        }
        status.put("qosClass", QosClass.of(Field.root(pod).at("spec")).text());
        DisabledPodFields.drop(pod.path("spec"), pod.path("nothing before"));
        PodLabelKeys.apply(pod);
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        switch (context.subresource()) {
            case "ephemeralcontainers" -> PodSubresources.ephemeralContainers(next, current);
            case "resize" -> PodSubresources.resize(next, current);
            case "status" -> PodSubresources.status(next, current);
            default -> {}
        }
        DisabledPodFields.drop(next.path("spec"), current.path("spec"));
        super.prepareForUpdate(next, current, context);
        if (context.subresource().equals("binding")) {
            // Being placed is not a change of what is wanted.
            metadata(next).set("generation", current.path("metadata").path("generation"));
        }
    }

    @Override
    public List<String> warnings(ObjectNode pod, @Nullable ObjectNode current, Context context) {
        // Updates are the work of machines, and frequent: upstream has nothing to say about them either.
        return current == null ? PodWarnings.ofNew(Field.root(pod)) : List.of();
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
}
