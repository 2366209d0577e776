package io.kubespring.apiserver.streaming;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A container of a pod on a node.
 *
 * @param container empty for the whole Pod
 * @param node empty while the pod is not scheduled
 */
record PodTarget(String namespace, String pod, String container, String node) {

    private static final GroupResource PODS = new GroupResource("", "pods");

    /**
     * @param asked the container that the client names; empty for the only one
     * @throws StatusException 404 for the pod, 400 where the container is unknown or not clear
     */
    static PodTarget of(ObjectSource objects, String namespace, String name, String asked) {
        ObjectNode pod = pod(objects, namespace, name);
        List<String> regular = names(pod, "containers");
        List<String> init = names(pod, "initContainers");
        List<String> ephemeral = names(pod, "ephemeralContainers");
        String container = asked;
        if (container.isEmpty()) {
            container = only(pod, name, regular, init, ephemeral);
        } else if (!regular.contains(container) && !init.contains(container) && !ephemeral.contains(container)) {
            throw StatusException.badRequest("container " + container + " is not valid for pod " + name);
        }
        return new PodTarget(
                namespace, name, container, pod.path("spec").path("nodeName").asString(""));
    }

    /**
     * The Pod's network rather than one of its containers.
     *
     * @throws StatusException 404 for the pod
     */
    static PodTarget whole(ObjectSource objects, String namespace, String name) {
        ObjectNode pod = pod(objects, namespace, name);
        return new PodTarget(
                namespace, name, "", pod.path("spec").path("nodeName").asString(""));
    }

    private static ObjectNode pod(ObjectSource objects, String namespace, String name) {
        var item = objects.get(PODS, namespace, name);
        if (item == null) {
            throw StatusException.notFound(PODS, name);
        }
        return item.tree();
    }

    private static String only(
            ObjectNode pod, String name, List<String> regular, List<String> init, List<String> ephemeral) {
        String preferred = pod.path("metadata")
                .path("annotations")
                .path("kubectl.kubernetes.io/default-container")
                .asString("");
        if (regular.contains(preferred)) {
            return preferred;
        }
        if (regular.size() == 1 && init.isEmpty() && ephemeral.isEmpty()) {
            return regular.getFirst();
        }
        var message = new StringBuilder("a container name must be specified for pod " + name + ", choose one of: ["
                + String.join(" ", regular) + "]");
        if (!init.isEmpty()) {
            message.append(" or one of the init containers: [")
                    .append(String.join(" ", init))
                    .append(']');
        }
        if (!ephemeral.isEmpty()) {
            message.append(" or one of the ephemeral containers: [")
                    .append(String.join(" ", ephemeral))
                    .append(']');
        }
        throw StatusException.badRequest(message.toString());
    }

    private static List<String> names(ObjectNode pod, String list) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : pod.path("spec").path(list)) {
            names.add(each.path("name").asString(""));
        }
        return names;
    }

    /** Below a kubelet's address: "/containerLogs/default/web/nginx". */
    String path(String endpoint) {
        return "/" + endpoint + "/" + namespace + "/" + pod + (container.isEmpty() ? "" : "/" + container);
    }
}
