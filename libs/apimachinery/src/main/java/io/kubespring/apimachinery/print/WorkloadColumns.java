package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What keeps pods running: Deployments, ReplicaSets, StatefulSets, DaemonSets, and their revisions. */
final class WorkloadColumns {

    private static final String[] TEMPLATE = {"spec", "template"};

    private WorkloadColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "apps",
                "Deployment",
                Column.objectName(),
                Column.text("Ready", "Ready pods of the wanted ones", WorkloadColumns::readyOfDesired),
                Column.integer(
                                "Up-to-date",
                                "Pods of the latest revision",
                                it -> number(it, "status", "updatedReplicas"))
                        .declared("string"),
                Column.integer("Available", "Pods that are available", it -> number(it, "status", "availableReplicas"))
                        .declared("string"),
                Column.age(),
                Templates.containersColumn(TEMPLATE),
                Templates.imagesColumn(TEMPLATE),
                Templates.selectorColumn("spec", "selector"));
        registry.put("apps", "ReplicaSet", replicas(Templates.selectorColumn("spec", "selector")));
        registry.put(
                "",
                "ReplicationController",
                replicas(Column.text(
                                "Selector",
                                "Labels of the pods that belong to it",
                                it -> Fields.labels(at(it, "spec", "selector")))
                        .wide()));
        registry.put(
                "apps",
                "StatefulSet",
                Column.objectName(),
                Column.text("Ready", "Ready pods of the wanted ones", WorkloadColumns::readyOfDesired),
                Column.age(),
                Templates.containersColumn(TEMPLATE),
                Templates.imagesColumn(TEMPLATE));
        registry.put(
                "apps",
                "DaemonSet",
                Column.objectName(),
                status("Desired", "Nodes that should run the pod", "desiredNumberScheduled"),
                status("Current", "Nodes that have the pod", "currentNumberScheduled"),
                status("Ready", "Nodes where the pod is ready", "numberReady"),
                status("Up-to-date", "Nodes with the latest revision", "updatedNumberScheduled"),
                status("Available", "Nodes where the pod is available", "numberAvailable"),
                Column.text(
                        "Node Selector",
                        "Labels of the nodes that are meant",
                        it -> Fields.labels(at(it, "spec", "template", "spec", "nodeSelector"))),
                Column.age(),
                Templates.containersColumn(TEMPLATE),
                Templates.imagesColumn(TEMPLATE),
                Templates.selectorColumn("spec", "selector"));
        registry.put(
                "apps",
                "ControllerRevision",
                Column.objectName(),
                Column.text("Controller", "What it is a revision of", WorkloadColumns::controller),
                Column.text("Revision", "Number of the revision", it -> Long.toString(number(it, "revision"))),
                Column.age());
    }

    private static Column[] replicas(Column selector) {
        return new Column[] {
            Column.objectName(),
            Column.integer("Desired", "Wanted pods", it -> number(it, "spec", "replicas")),
            status("Current", "Pods there are", "replicas"),
            status("Ready", "Pods that are ready", "readyReplicas"),
            Column.age(),
            Templates.containersColumn(TEMPLATE),
            Templates.imagesColumn(TEMPLATE),
            selector
        };
    }

    private static Column status(String name, String description, String field) {
        return Column.integer(name, description, it -> number(it, "status", field));
    }

    private static String readyOfDesired(ObjectNode object) {
        return number(object, "status", "readyReplicas") + "/" + number(object, "spec", "replicas");
    }

    private static String controller(ObjectNode revision) {
        for (JsonNode owner : at(revision, "metadata", "ownerReferences")) {
            if (at(owner, "controller").asBoolean(false)) {
                String apiVersion = text(owner, "apiVersion");
                int slash = apiVersion.indexOf('/');
                String group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
                return text(owner, "kind").toLowerCase(Locale.ROOT) + group + "/" + text(owner, "name");
            }
        }
        return Fields.NONE;
    }
}
