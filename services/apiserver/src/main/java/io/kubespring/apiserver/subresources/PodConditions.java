package io.kubespring.apiserver.subresources;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets conditions of a Pod's status. */
final class PodConditions {

    private PodConditions() {}

    static void set(ObjectNode pod, String type, String value, Instant now) {
        set(pod, type, value, "", "", now);
    }

    /** @param reason and {@code message} may be empty */
    static void set(ObjectNode pod, String type, String value, String reason, String message, Instant now) {
        ObjectNode status = pod.get("status") instanceof ObjectNode present ? present : pod.putObject("status");
        ArrayNode conditions =
                status.get("conditions") instanceof ArrayNode present ? present : status.putArray("conditions");
        for (int i = conditions.size() - 1; i >= 0; i--) {
            JsonNode each = conditions.get(i);
            if (each.path("type").asString("").equals(type)) {
                if (each.path("status").asString("").equals(value)) {
                    return;
                }
                conditions.remove(i);
            }
        }
        ObjectNode condition = conditions
                .addObject()
                .put("type", type)
                .put("status", value)
                .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        if (!reason.isEmpty()) {
            condition.put("reason", reason).put("message", message);
        }
    }
}
