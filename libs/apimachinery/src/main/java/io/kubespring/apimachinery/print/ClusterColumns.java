package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.NONE;
import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a cluster is made of: nodes, namespaces, leases, classes of pods, API extensions. */
final class ClusterColumns {

    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

    private ClusterColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "",
                "Node",
                Column.objectName(),
                Column.text("Status", "Whether the node is ready for pods", ClusterColumns::nodeStatus),
                Column.text("Roles", "What the node is for", ClusterColumns::roles),
                Column.age(),
                Column.field("Version", "Version of the kubelet", "status", "nodeInfo", "kubeletVersion"),
                Column.text("Internal-IP", "Address inside the cluster", it -> address(it, "InternalIP"))
                        .wide(),
                Column.text("External-IP", "Address outside the cluster", it -> address(it, "ExternalIP"))
                        .wide(),
                info("OS-Image", "Operating system", "osImage"),
                Column.text("Kernel-Version", "Version of the kernel, and for which processor", ClusterColumns::kernel)
                        .wide(),
                info("Container-Runtime", "Runtime and its version", "containerRuntimeVersion"));
        registry.put(
                "",
                "Namespace",
                Column.objectName(),
                Column.field("Status", "Whether it takes new objects", "status", "phase"),
                Column.age());
        registry.put(
                "",
                "ComponentStatus",
                Column.objectName(),
                Column.text("Status", "Whether the component is healthy", ClusterColumns::health),
                Column.text(
                        "Message",
                        "What it says of itself",
                        it -> text(at(it, "conditions").path(0), "message")),
                Column.text(
                        "Error",
                        "What is wrong",
                        it -> text(at(it, "conditions").path(0), "error")));
        registry.put(
                "coordination.k8s.io",
                "Lease",
                Column.objectName(),
                Column.field("Holder", "Who holds the lease", "spec", "holderIdentity"),
                Column.age());
        registry.put(
                "node.k8s.io",
                "RuntimeClass",
                Column.objectName(),
                Column.field("Handler", "The runtime's name for it", "handler"),
                Column.age());
        registry.put(
                "scheduling.k8s.io",
                "PriorityClass",
                Column.objectName(),
                Column.integer("Value", "The priority", it -> number(it, "value")),
                Column.bool(
                        "Global-Default",
                        "Whether pods without a class get it",
                        it -> at(it, "globalDefault").asBoolean(false)),
                Column.age(),
                Column.field("PreemptionPolicy", "Whether it evicts pods of less priority", "preemptionPolicy"));
        registry.put(
                "apiregistration.k8s.io",
                "APIService",
                Column.objectName(),
                Column.text("Service", "What serves the group-version", ClusterColumns::service),
                Column.text("Available", "Whether it can be reached", ClusterColumns::available),
                Column.age());
    }

    private static Column info(String name, String description, String field) {
        return Column.text(name, description, it -> textOr(HumanDuration.UNKNOWN, it, "status", "nodeInfo", field))
                .wide();
    }

    private static String kernel(ObjectNode node) {
        String version = textOr(HumanDuration.UNKNOWN, node, "status", "nodeInfo", "kernelVersion");
        String architecture = textOr("", node, "status", "nodeInfo", "architecture");
        return architecture.isEmpty() ? version : version + " (" + architecture + ")";
    }

    private static String nodeStatus(ObjectNode node) {
        JsonNode ready = Fields.condition(node, "Ready");
        String status = ready == null ? "Unknown" : text(ready, "status").equals("True") ? "Ready" : "NotReady";
        return at(node, "spec", "unschedulable").asBoolean(false) ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(ObjectNode node) {
        TreeSet<String> roles = new TreeSet<>();
        for (Map.Entry<String, JsonNode> each : at(node, "metadata", "labels").properties()) {
            if (each.getKey().startsWith(ROLE_PREFIX)) {
                roles.add(each.getKey().substring(ROLE_PREFIX.length()));
            } else if (each.getKey().equals("kubernetes.io/role")) {
                roles.add(each.getValue().asString(""));
            }
        }
        roles.remove("");
        return roles.isEmpty() ? NONE : String.join(",", roles);
    }

    private static String address(ObjectNode node, String type) {
        for (JsonNode each : at(node, "status", "addresses")) {
            if (text(each, "type").equals(type)) {
                return text(each, "address");
            }
        }
        return NONE;
    }

    private static String health(ObjectNode component) {
        for (JsonNode each : at(component, "conditions")) {
            if (text(each, "type").equals("Healthy")) {
                return text(each, "status").equals("True") ? "Healthy" : "Unhealthy";
            }
        }
        return "Unknown";
    }

    private static String service(ObjectNode apiService) {
        JsonNode service = at(apiService, "spec", "service");
        return service.isObject() ? text(service, "namespace") + "/" + text(service, "name") : "Local";
    }

    private static String available(ObjectNode apiService) {
        JsonNode condition = Fields.condition(apiService, "Available");
        if (condition == null) {
            return "Unknown";
        }
        String status = text(condition, "status");
        return status.equals("True") ? status : status + " (" + text(condition, "reason") + ")";
    }
}
