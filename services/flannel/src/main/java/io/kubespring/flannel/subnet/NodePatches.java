package io.kubespring.flannel.subnet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.kubespring.api.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What this node says about itself, as patches of its Node; null where it says so already. */
public final class NodePatches {

    private static final String CONDITION = "NetworkUnavailable";
    private static final String REASON = "FlannelIsUp";

    private NodePatches() {}

    /** A merge patch. */
    public static @Nullable ObjectNode annotations(Node node, String backendType, String backendData, String publicIp) {
        Map<String, String> wanted = Map.of(
                Annotations.BACKEND_TYPE, backendType,
                Annotations.BACKEND_DATA, backendData,
                Annotations.PUBLIC_IP, publicIp,
                Annotations.KUBE_SUBNET_MANAGER, "true");
        if (Peer.annotations(node).entrySet().containsAll(wanted.entrySet())) {
            return null;
        }
        ObjectNode patch = Json.object();
        ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
        wanted.forEach(annotations::put);
        return patch;
    }

    /** A strategic merge patch of the status: Pods may come. */
    public static @Nullable ObjectNode available(Node node, Instant now) {
        if (node.getStatus() != null) {
            for (NodeCondition each : node.getStatus().getConditions()) {
                if (CONDITION.equals(each.getType())
                        && "False".equals(each.getStatus())
                        && REASON.equals(each.getReason())) {
                    return null;
                }
            }
        }
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode patch = Json.object();
        patch.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", CONDITION)
                .put("status", "False")
                .put("reason", REASON)
                .put("message", "Flannel is running on this node")
                .put("lastTransitionTime", time)
                .put("lastHeartbeatTime", time);
        return patch;
    }
}
