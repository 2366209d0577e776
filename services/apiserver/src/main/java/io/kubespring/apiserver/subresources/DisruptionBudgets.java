package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.api.selector.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a PodDisruptionBudget says about the eviction of a Pod, and what an eviction takes off it. */
final class DisruptionBudgets {

    private static final String CONDITION = "DisruptionAllowed";
    private static final String REFUSAL = "Cannot evict pod as it would violate the pod's disruption budget.";
    private static final GroupResource RESOURCE = new GroupResource("policy", "poddisruptionbudget");
    private static final int MAX_DISRUPTED_PODS = 2_000;
    private static final Duration RETRY = Duration.ofSeconds(10);

    private DisruptionBudgets() {}

    /** Whether the budget is for the Pod; one with a selector that cannot be read is for none. */
    static boolean guards(ObjectNode budget, ObjectNode pod) {
        if (!(budget.path("spec").get("selector") instanceof ObjectNode selector)) {
            return false;
        }
        Map<String, String> labels = new HashMap<>();
        pod.path("metadata")
                .path("labels")
                .properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().asString("")));
        try {
            return LabelSelector.of(selector).matches(labels);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /**
     * Whether a Pod that is not ready may go without being counted: always, if the budget's policy for unhealthy Pods says
     * so, else while the budget's application is not disrupted anyway.
     */
    static boolean sparesUnready(ObjectNode budget, ObjectNode pod) {
        if (ready(pod)) {
            return false;
        }
        if (budget.path("spec").path("unhealthyPodEvictionPolicy").asString("").equals("AlwaysAllow")) {
            return true;
        }
        long desired = status(budget, "desiredHealthy");
        return desired > 0 && status(budget, "currentHealthy") >= desired;
    }

    private static boolean ready(ObjectNode pod) {
        for (JsonNode each : pod.path("status").path("conditions")) {
            if (each.path("type").asString("").equals("Ready")) {
                return each.path("status").asString("").equals("True");
            }
        }
        return false;
    }

    /**
     * Takes one disruption off the budget and notes the Pod, until the disruption controller has seen it go.
     *
     * @throws StatusException 429 where none is left, or the controller has yet to see the budget
     */
    static void spend(ObjectNode budget, String pod, Instant now) {
        String name = name(budget);
        if (status(budget, "observedGeneration")
                < budget.path("metadata").path("generation").asLong(0)) {
            throw notYet(name);
        }
        long allowed = status(budget, "disruptionsAllowed");
        if (allowed < 0) {
            throw StatusException.forbidden(RESOURCE, name, "pdb disruptions allowed is negative");
        }
        if (budget.path("status").path("disruptedPods").size() > MAX_DISRUPTED_PODS) {
            throw StatusException.forbidden(
                    RESOURCE, name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }
        if (allowed == 0) {
            throw refused(whyNone(budget), null);
        }
        ObjectNode status = (ObjectNode) budget.path("status");
        status.put("disruptionsAllowed", allowed - 1);
        if (allowed == 1) {
            setInsufficient(status, now);
        }
        ObjectNode disrupted =
                status.get("disruptedPods") instanceof ObjectNode present ? present : status.putObject("disruptedPods");
        disrupted.put(pod, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String whyNone(ObjectNode budget) {
        JsonNode condition = condition(budget.path("status"));
        return condition != null && condition.path("reason").asString("").equals("SyncFailed")
                ? "The disruption budget " + name(budget)
                        + " does not allow evicting pods currently because it failed sync: "
                        + condition.path("message").asString("")
                : "The disruption budget " + name(budget) + " needs " + status(budget, "desiredHealthy")
                        + " healthy pods and has " + status(budget, "currentHealthy") + " currently";
    }

    /** What else is to be said where the controller is behind, or the Pod changed under the eviction. */
    static StatusException notYet(String budget) {
        return refused("The disruption budget " + budget + " is still being processed by the server.", RETRY);
    }

    private static StatusException refused(String why, @Nullable Duration retryAfter) {
        return new StatusException(
                StatusReason.TOO_MANY_REQUESTS,
                StatusReason.TOO_MANY_REQUESTS.code(),
                REFUSAL,
                new StatusException.Details(
                        "", "", "", "", List.of(new StatusException.Cause("DisruptionBudget", why, "")), retryAfter));
    }

    private static void setInsufficient(ObjectNode status, Instant now) {
        ArrayNode conditions =
                status.get("conditions") instanceof ArrayNode present ? present : status.putArray("conditions");
        String since = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode condition = condition(status);
        if (condition == null) {
            condition = Json.object().put("type", CONDITION);
            conditions.add(condition);
        } else if (condition.path("status").asString("").equals("False")) {
            since = condition.path("lastTransitionTime").asString(since);
        }
        condition
                .put("status", "False")
                .put("reason", "InsufficientPods")
                .put("message", "")
                .put("lastTransitionTime", since)
                .put("observedGeneration", status.path("observedGeneration").asLong(0));
    }

    private static @Nullable ObjectNode condition(JsonNode status) {
        for (JsonNode each : status.path("conditions")) {
            if (each.path("type").asString("").equals(CONDITION)) {
                return (ObjectNode) each;
            }
        }
        return null;
    }

    static String name(ObjectNode budget) {
        return budget.path("metadata").path("name").asString("");
    }

    private static long status(ObjectNode budget, String field) {
        return budget.path("status").path(field).asLong(0);
    }
}
