package io.kubespring.apimachinery.convert;

import io.kubespring.api.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Horizontal autoscalers: v1 knows CPU utilization only, and carries what else v2 has in annotations, so that nothing is
 * lost on the way there and back.
 */
final class AutoscalerConversion {

    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";

    /** Annotation, and where v2 keeps the same. */
    private static final Map<String, String[]> CARRIED = Map.of(
            PREFIX + "behavior", new String[] {"spec", "behavior"},
            PREFIX + "conditions", new String[] {"status", "conditions"});

    private AutoscalerConversion() {}

    static ObjectNode toV1(ObjectNode autoscaler) {
        toV1(autoscaler, "spec", "metrics", "targetCPUUtilizationPercentage", "target", PREFIX + "metrics");
        toV1(
                autoscaler,
                "status",
                "currentMetrics",
                "currentCPUUtilizationPercentage",
                "current",
                PREFIX + "current-metrics");
        CARRIED.forEach((annotation, path) -> {
            if (autoscaler.get(path[0]) instanceof ObjectNode part) {
                annotate(autoscaler, annotation, part.remove(path[1]));
            }
        });
        // v1 has this counter even where it is zero, v2 only where it is not.
        if (autoscaler.get("status") instanceof ObjectNode status && !status.has("currentReplicas")) {
            status.put("currentReplicas", 0);
        }
        return autoscaler;
    }

    static ObjectNode toV2(ObjectNode autoscaler) {
        toV2(autoscaler, "spec", "metrics", "targetCPUUtilizationPercentage", "target", PREFIX + "metrics");
        toV2(
                autoscaler,
                "status",
                "currentMetrics",
                "currentCPUUtilizationPercentage",
                "current",
                PREFIX + "current-metrics");
        CARRIED.forEach((annotation, path) -> {
            JsonNode value = takeAnnotation(autoscaler, annotation);
            if (value != null) {
                part(autoscaler, path[0]).set(path[1], value);
            }
        });
        if (autoscaler.get("status") instanceof ObjectNode status
                && status.path("currentReplicas").asInt(-1) == 0) {
            status.remove("currentReplicas");
        }
        return autoscaler;
    }

    private static void toV1(
            ObjectNode autoscaler, String part, String list, String percentage, String value, String annotation) {
        if (!(autoscaler.get(part) instanceof ObjectNode object)) {
            return;
        }
        ArrayNode others = Json.mapper().createArrayNode();
        JsonNode metrics = object.remove(list);
        for (JsonNode each : metrics == null ? others : metrics) {
            JsonNode utilization = each.path("resource").path(value).path("averageUtilization");
            boolean cpu = each.path("resource").path("name").asString("").equals("cpu");
            if (cpu && utilization.isNumber() && !object.has(percentage)) {
                object.set(percentage, utilization);
            } else {
                others.add(each);
            }
        }
        annotate(autoscaler, annotation, others.isEmpty() ? null : MetricConversion.toV1(others, value));
    }

    private static void toV2(
            ObjectNode autoscaler, String part, String list, String percentage, String value, String annotation) {
        JsonNode others = takeAnnotation(autoscaler, annotation);
        JsonNode utilization = autoscaler.path(part).path(percentage);
        if (!(others instanceof ArrayNode) && !utilization.isNumber()) {
            return;
        }
        ObjectNode object = part(autoscaler, part);
        object.remove(percentage);
        ArrayNode metrics = object.putArray(list);
        if (others instanceof ArrayNode array) {
            metrics.addAll(MetricConversion.toV2(array, value));
        }
        if (utilization.isNumber()) {
            ObjectNode resource = metrics.addObject()
                    .put("type", "Resource")
                    .putObject("resource")
                    .put("name", "cpu");
            ObjectNode target = resource.putObject(value);
            if (value.equals("target")) {
                target.put("type", "Utilization");
            }
            target.set("averageUtilization", utilization);
        }
    }

    private static ObjectNode part(ObjectNode autoscaler, String name) {
        return autoscaler.get(name) instanceof ObjectNode known ? known : autoscaler.putObject(name);
    }

    private static void annotate(ObjectNode autoscaler, String annotation, @Nullable JsonNode value) {
        if (value != null) {
            part(part(autoscaler, "metadata"), "annotations").put(annotation, value.toString());
        }
    }

    /** Null where there is none, or where it is no JSON (then it stays). */
    private static @Nullable JsonNode takeAnnotation(ObjectNode autoscaler, String annotation) {
        if (!(autoscaler.path("metadata").path("annotations") instanceof ObjectNode annotations)
                || !annotations.has(annotation)) {
            return null;
        }
        try {
            JsonNode value = Json.read(annotations.path(annotation).asString(""));
            annotations.remove(annotation);
            if (annotations.isEmpty()) {
                part(autoscaler, "metadata").remove("annotations");
            }
            return value;
        } catch (JacksonException e) {
            return null;
        }
    }
}
