package io.kubespring.apiserver.admission.plugins;

import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kubelet may change of its own Node: not its taints, and of the labels under {@code kubernetes.io} and
 * {@code k8s.io} only those that describe the machine.
 */
final class NodeObjectRestriction {

    private static final String RESERVED = "node-restriction.kubernetes.io";
    private static final Set<String> OWN_LABELS = Set.of(
            "kubernetes.io/hostname",
            "kubernetes.io/os",
            "kubernetes.io/arch",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/arch",
            "beta.kubernetes.io/instance-type",
            "node.kubernetes.io/instance-type",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region");

    private NodeObjectRestriction() {}

    static void check(
            String node, AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        String name = attributes.name().isEmpty() && object != null
                ? Trees.text(object.path("metadata"), "name")
                : attributes.name();
        if (!name.equals(node)) {
            throw Refusal.of(attributes, "node \"" + node + "\" is not allowed to modify node \"" + name + "\"");
        }
        if (object == null) {
            return;
        }
        JsonNode before = old == null ? MissingNode.getInstance() : old;
        if (attributes.operation() == Operation.UPDATE
                && !list(object, "taints").equals(list(before, "taints"))) {
            throw Refusal.of(attributes, "node \"" + node + "\" is not allowed to modify taints");
        }
        Set<String> forbidden = forbiddenChanges(object, before);
        if (!forbidden.isEmpty()) {
            throw Refusal.of(
                    attributes,
                    "node \"" + node + "\" is not allowed to "
                            + (attributes.operation() == Operation.CREATE ? "set" : "modify")
                            + " the following labels: " + String.join(", ", forbidden));
        }
    }

    private static String list(JsonNode node, String field) {
        JsonNode value = node.path("spec").path(field);
        return value.isEmpty() ? "[]" : value.toString();
    }

    private static Set<String> forbiddenChanges(JsonNode object, JsonNode before) {
        var forbidden = new TreeSet<String>();
        JsonNode labels = object.path("metadata").path("labels");
        JsonNode oldLabels = before.path("metadata").path("labels");
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            if (!label.getValue().equals(oldLabels.path(label.getKey())) && isForbidden(label.getKey())) {
                forbidden.add(label.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> label : oldLabels.properties()) {
            if (!labels.has(label.getKey()) && isForbidden(label.getKey())) {
                forbidden.add(label.getKey());
            }
        }
        return forbidden;
    }

    private static boolean isForbidden(String label) {
        int slash = label.indexOf('/');
        String domain = slash < 0 ? "" : label.substring(0, slash);
        if (within(domain, RESERVED)) {
            return true;
        }
        return (within(domain, "kubernetes.io") || within(domain, "k8s.io"))
                && !OWN_LABELS.contains(label)
                && !within(domain, "kubelet.kubernetes.io")
                && !within(domain, "node.kubernetes.io");
    }

    private static boolean within(String domain, String parent) {
        return domain.equals(parent) || domain.endsWith("." + parent);
    }
}
