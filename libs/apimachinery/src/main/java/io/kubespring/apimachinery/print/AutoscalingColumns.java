package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Horizontal autoscalers, in both versions, and Scale. */
final class AutoscalingColumns {

    private static final String UNKNOWN = HumanDuration.UNKNOWN;

    private AutoscalingColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "autoscaling",
                "HorizontalPodAutoscaler",
                Column.objectName(),
                Column.text(
                        "Reference",
                        "What is scaled",
                        it -> text(it, "spec", "scaleTargetRef", "kind")
                                + "/"
                                + text(it, "spec", "scaleTargetRef", "name")),
                Column.text("Targets", "Metrics: now and wanted", AutoscalingColumns::targets),
                Column.text("MinPods", "Lower limit", it -> textOr(Fields.UNSET, it, "spec", "minReplicas")),
                Column.integer("MaxPods", "Upper limit", it -> number(it, "spec", "maxReplicas"))
                        .declared("string"),
                Column.integer("Replicas", "Pods there are", it -> number(it, "status", "currentReplicas"))
                        .declared("string"),
                Column.age());
        registry.put(
                "autoscaling",
                "Scale",
                Column.text("Name", "The name, unique in its namespace", it -> text(it, "metadata", "name")),
                Column.integer("Desired", "Wanted pods", it -> number(it, "spec", "replicas")),
                Column.integer("Available", "Pods there are", it -> number(it, "status", "replicas")),
                Column.age());
    }

    private static String targets(ObjectNode autoscaler) {
        JsonNode percent = at(autoscaler, "spec", "targetCPUUtilizationPercentage");
        if (percent.isNumber()) {
            JsonNode now = at(autoscaler, "status", "currentCPUUtilizationPercentage");
            return "cpu: " + (now.isNumber() ? now.asLong() + "%" : UNKNOWN) + "/" + percent.asLong() + "%";
        }
        JsonNode metrics = at(autoscaler, "spec", "metrics");
        if (metrics.isEmpty()) {
            return Fields.NONE;
        }
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(2, metrics.size()); i++) {
            shown.add(metric(
                    metrics.get(i), at(autoscaler, "status", "currentMetrics").path(i)));
        }
        String list = String.join(", ", shown);
        return metrics.size() > 2 ? list + " + " + (metrics.size() - 2) + " more..." : list;
    }

    private static String metric(JsonNode spec, JsonNode status) {
        String source = source(text(spec, "type"));
        JsonNode wanted = at(spec, source, "target");
        JsonNode now = at(status, source, "current");
        String prefix = source.equals("resource") || source.equals("containerResource")
                ? text(spec, source, "name") + ": "
                : "";
        if (at(wanted, "averageUtilization").isNumber()) {
            JsonNode utilization = at(now, "averageUtilization");
            return prefix
                    + (utilization.isNumber() ? utilization.asLong() + "%" : UNKNOWN)
                    + "/"
                    + number(wanted, "averageUtilization")
                    + "%";
        }
        boolean average = !text(wanted, "averageValue").isEmpty();
        String field = average ? "averageValue" : "value";
        boolean marked = average && (source.equals("external") || source.equals("object"));
        return prefix + textOr(UNKNOWN, now, field) + "/" + text(wanted, field) + (marked ? " (avg)" : "");
    }

    /** "ContainerResource" is described by the field "containerResource". */
    private static String source(String type) {
        return type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }
}
