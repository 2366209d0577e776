package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.NONE;
import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pods and their templates. */
final class PodColumns {

    private PodColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "",
                "Pod",
                Column.objectName(),
                Column.text(
                        "Ready",
                        "Ready containers of all",
                        pod -> PodSummary.of(pod).ready()),
                Column.text(
                        "Status",
                        "What the containers are doing",
                        pod -> PodSummary.of(pod).status()),
                Column.timed("Restarts", "How often containers restarted", PodColumns::restarts),
                Column.age(),
                Column.text("IP", "Address of the pod", PodColumns::address).wide(),
                Column.text("Node", "Node the pod is bound to", pod -> textOr(NONE, pod, "spec", "nodeName"))
                        .wide(),
                Column.text(
                                "Nominated Node",
                                "Node where room is being made for the pod",
                                pod -> textOr(NONE, pod, "status", "nominatedNodeName"))
                        .wide(),
                Column.text("Readiness Gates", "Passed readiness gates of all", PodColumns::gates)
                        .wide());
        registry.put(
                "",
                "PodTemplate",
                Column.objectName(),
                Column.text("Containers", "Names of the containers", it -> Templates.containers(at(it, "template"))),
                Column.text("Images", "Images of the containers", it -> Templates.images(at(it, "template"))),
                Column.text(
                        "Pod Labels",
                        "Labels of the pods",
                        it -> Fields.labels(at(it, "template", "metadata", "labels"))));
    }

    /** Marks a row whose pod has ended. */
    static ArrayNode rowConditions(ObjectNode object) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        if (!text(object, "kind").equals("Pod")) {
            return conditions;
        }
        String phase = text(object, "status", "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            conditions
                    .addObject()
                    .put("type", "Completed")
                    .put("status", "True")
                    .put("reason", phase)
                    .put("message", phase.equals("Failed") ? "The pod failed." : "The pod has completed successfully.");
        }
        return conditions;
    }

    private static String restarts(ObjectNode pod, Instant now) {
        PodSummary summary = PodSummary.of(pod);
        return summary.restarts() == 0 || summary.lastRestart().isEmpty()
                ? Long.toString(summary.restarts())
                : summary.restarts() + " (" + HumanDuration.since(summary.lastRestart(), now) + " ago)";
    }

    private static String address(ObjectNode pod) {
        JsonNode addresses = at(pod, "status", "podIPs");
        return textOr(textOr(NONE, pod, "status", "podIP"), addresses.path(0), "ip");
    }

    private static String gates(ObjectNode pod) {
        JsonNode gates = at(pod, "spec", "readinessGates");
        if (gates.isEmpty()) {
            return NONE;
        }
        long passed = gates.valueStream()
                .filter(each -> Fields.conditionTrue(pod, text(each, "conditionType")))
                .count();
        return passed + "/" + gates.size();
    }
}
