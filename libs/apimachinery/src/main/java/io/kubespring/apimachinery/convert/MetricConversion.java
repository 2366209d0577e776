package io.kubespring.apimachinery.convert;

import io.kubespring.api.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Metrics of an autoscaler as v1's annotations spell them (flat, "targetAverageValue") and as v2 does (a metric and a
 * target of their own).
 */
final class MetricConversion {

    private MetricConversion() {}

    /** @param side "target" for what is wanted, "current" for what is */
    static ArrayNode toV1(ArrayNode metrics, String side) {
        ArrayNode converted = Json.mapper().createArrayNode();
        for (JsonNode each : metrics) {
            String source = source(each);
            ObjectNode metric = Json.object().put("type", each.path("type").asString(""));
            metric.set(source, flat(source, each.path(source), side));
            converted.add(metric);
        }
        return converted;
    }

    static ArrayNode toV2(ArrayNode metrics, String side) {
        ArrayNode converted = Json.mapper().createArrayNode();
        for (JsonNode each : metrics) {
            String source = source(each);
            ObjectNode metric = Json.object().put("type", each.path("type").asString(""));
            metric.set(source, nested(source, each.path(source), side));
            converted.add(metric);
        }
        return converted;
    }

    private static ObjectNode flat(String source, JsonNode v2, String side) {
        ObjectNode v1 = Json.object();
        copy(v2, "name", v1, "name");
        copy(v2, "container", v1, "container");
        copy(v2, "describedObject", v1, "target");
        copy(v2.path("metric"), "name", v1, "metricName");
        copy(v2.path("metric"), "selector", v1, source.equals("external") ? "metricSelector" : "selector");
        JsonNode values = v2.path(side);
        copy(values, "averageUtilization", v1, side + "AverageUtilization");
        copy(values, "value", v1, side + "Value");
        copy(values, "averageValue", v1, averageName(source, side));
        return v1;
    }

    private static ObjectNode nested(String source, JsonNode v1, String side) {
        ObjectNode v2 = Json.object();
        copy(v1, "name", v2, "name");
        copy(v1, "container", v2, "container");
        copy(v1, "target", v2, "describedObject");
        if (v1.has("metricName")) {
            ObjectNode metric = v2.putObject("metric");
            copy(v1, "metricName", metric, "name");
            copy(v1, source.equals("external") ? "metricSelector" : "selector", metric, "selector");
        }
        ObjectNode values = v2.putObject(side);
        copy(v1, side + "AverageUtilization", values, "averageUtilization");
        copy(v1, side + "Value", values, "value");
        copy(v1, averageName(source, side), values, "averageValue");
        if (side.equals("target")) {
            String type = values.has("averageUtilization")
                    ? "Utilization"
                    : values.has("averageValue") ? "AverageValue" : "Value";
            values.put("type", type);
        }
        return v2;
    }

    /** An object's average has no "target" or "current" before it. */
    private static String averageName(String source, String side) {
        return source.equals("object") ? "averageValue" : side + "AverageValue";
    }

    private static String source(JsonNode metric) {
        String type = metric.path("type").asString("");
        return type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String as) {
        JsonNode value = from.get(field);
        if (value != null) {
            to.set(as, value);
        }
    }
}
