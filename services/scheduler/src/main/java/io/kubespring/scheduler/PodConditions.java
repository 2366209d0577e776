package io.kubespring.scheduler;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the PodScheduled condition of Pods that fit nowhere. */
final class PodConditions {

    private static final Logger LOG = LoggerFactory.getLogger(PodConditions.class);

    private final KubeClient client;
    private final TimeSource time;

    PodConditions(KubeClient client, TimeSource time) {
        this.client = client;
        this.time = time;
    }

    void unschedulable(Pod pod, String message) {
        if (says(pod, message)) {
            return;
        }
        ObjectNode patch = Json.object();
        patch.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "False")
                .put("reason", "Unschedulable")
                .put("message", message)
                .put(
                        "lastTransitionTime",
                        time.now().truncatedTo(ChronoUnit.SECONDS).toString());
        try {
            client.resources(Pod.class)
                    .inNamespace(pod.getMetadata().getNamespace())
                    .patchStatus(pod.getMetadata().getName(), PatchType.STRATEGIC, patch)
                    .block();
        } catch (StatusException gone) {
            LOG.debug(
                    "{}/{}: condition not written: {}",
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    gone.getMessage());
        }
    }

    private static boolean says(Pod pod, String message) {
        if (pod.getStatus() == null) {
            return false;
        }
        for (PodCondition each : pod.getStatus().getConditions()) {
            if ("PodScheduled".equals(each.getType())) {
                return "False".equals(each.getStatus()) && message.equals(each.getMessage());
            }
        }
        return false;
    }
}
