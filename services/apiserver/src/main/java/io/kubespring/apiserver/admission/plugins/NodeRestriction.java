package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.authorization.node.NodeIdentity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's NodeRestriction: a kubelet writes only its own Node, Lease and CSINode, the status of its own pods, mirror
 * pods on itself, and asks only for tokens bound to its own pods. Completes the Node authorizer, which sees no bodies.
 */
final class NodeRestriction implements AdmissionPlugin {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource NODES = new GroupResource("", "nodes");
    private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
    private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
    private static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");

    private final ObjectSource objects;

    NodeRestriction(ObjectSource objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "NodeRestriction";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return attributes.operation() != Operation.CONNECT && NodeIdentity.of(attributes.user()) != null;
    }

    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        String node = NodeIdentity.of(attributes.user());
        if (node == null) {
            return;
        }
        if (node.isEmpty()) {
            throw Refusal.of(
                    attributes,
                    "could not determine node from user \"" + attributes.user().name() + "\"");
        }
        GroupResource resource = attributes.resource();
        if (resource.equals(PODS)) {
            pod(node, attributes, object, old);
        } else if (resource.equals(NODES)) {
            NodeObjectRestriction.check(node, attributes, object, old);
        } else if (resource.equals(ACCOUNTS) && attributes.subresource().equals("token")) {
            token(node, attributes, object);
        } else if (resource.equals(LEASES) || resource.equals(CSI_NODES)) {
            String name = attributes.name().isEmpty() && object != null
                    ? Trees.text(object.path("metadata"), "name")
                    : attributes.name();
            if (!name.equals(node)) {
                throw Refusal.of(
                        attributes,
                        resource.equals(LEASES)
                                ? "can only access node lease with the same name as the requesting node"
                                : "can only access CSINode with the same name as the requesting node");
            }
        }
    }

    private void pod(
            String node, AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        switch (attributes.subresource()) {
            case "" -> {
                switch (attributes.operation()) {
                    case CREATE -> mirrorPod(node, attributes, object);
                    case DELETE -> onItself(node, attributes, old, "delete pods");
                    case UPDATE, CONNECT ->
                        throw Refusal.of(
                                attributes,
                                "unexpected operation \"" + attributes.operation() + "\", node \"" + node
                                        + "\" can only create and delete mirror pods");
                }
            }
            case "status" -> {
                onItself(node, attributes, old, "update pod status for pods");
                if (object != null
                        && old != null
                        && !object.path("metadata")
                                .path("labels")
                                .equals(old.path("metadata").path("labels"))) {
                    throw Refusal.of(attributes, "node \"" + node + "\" cannot update labels through pod status");
                }
            }
            case "eviction" -> {
                ObjectSource.Item pod = objects.get(PODS, attributes.namespace(), attributes.name());
                onItself(node, attributes, pod == null ? null : pod.tree(), "evict pods");
            }
            default -> throw Refusal.of(attributes, "unexpected pod subresource \"" + attributes.subresource() + "\"");
        }
    }

    private static void onItself(String node, AdmissionAttributes attributes, @Nullable ObjectNode pod, String what) {
        if (pod == null || !Trees.text(pod.path("spec"), "nodeName").equals(node)) {
            throw Refusal.of(
                    attributes, "node \"" + node + "\" can only " + what + " with spec.nodeName set to itself");
        }
    }

    private static void mirrorPod(String node, AdmissionAttributes attributes, @Nullable ObjectNode pod) {
        if (pod == null || !Trees.hasAnnotation(pod, "kubernetes.io/config.mirror")) {
            throw Refusal.of(
                    attributes,
                    "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"" + node
                            + "\" can only create mirror pods");
        }
        onItself(node, attributes, pod, "create pods");
        JsonNode spec = pod.path("spec");
        if (!Trees.text(spec, "serviceAccountName").isEmpty()) {
            throw Refusal.of(attributes, "node \"" + node + "\" can not create pods that reference a service account");
        }
        String text = spec.toString();
        for (String kind : new String[] {"secretKeyRef", "secretRef", "configMapKeyRef", "configMapRef"}) {
            if (text.contains('"' + kind + '"')) {
                throw Refusal.of(
                        attributes,
                        "node \"" + node + "\" can not create pods that reference "
                                + (kind.startsWith("secret") ? "secrets" : "configmaps"));
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            for (String kind : new String[] {"secret", "configMap", "persistentVolumeClaim", "projected", "csi"}) {
                if (volume.has(kind)) {
                    throw Refusal.of(attributes, "node \"" + node + "\" can not create pods with " + kind + " volumes");
                }
            }
        }
    }

    private void token(String node, AdmissionAttributes attributes, @Nullable ObjectNode request) {
        JsonNode reference = request == null
                ? MissingNode.getInstance()
                : request.path("spec").path("boundObjectRef");
        if (!Trees.text(reference, "apiVersion").equals("v1")
                || !Trees.text(reference, "kind").equals("Pod")
                || Trees.text(reference, "name").isEmpty()) {
            throw Refusal.of(attributes, "node requested token not bound to a pod");
        }
        if (Trees.text(reference, "uid").isEmpty()) {
            throw Refusal.of(attributes, "node requested token with a pod binding without a uid");
        }
        ObjectSource.Item pod = objects.get(PODS, attributes.namespace(), Trees.text(reference, "name"));
        if (pod == null) {
            throw Refusal.of(attributes, "pod not found");
        }
        if (!Trees.text(pod.tree().path("metadata"), "uid").equals(Trees.text(reference, "uid"))) {
            throw Refusal.of(attributes, "the UID in the bound object reference does not match the UID in record");
        }
        if (!Trees.text(pod.tree().path("spec"), "nodeName").equals(node)) {
            throw Refusal.of(attributes, "node requested token bound to a pod scheduled on a different node");
        }
    }
}
