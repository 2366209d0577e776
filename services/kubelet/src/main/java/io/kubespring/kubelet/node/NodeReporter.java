package io.kubespring.kubelet.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.kubelet.config.NodeSettings;
import io.kubespring.kubelet.event.EventReason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Registers this machine as a Node and keeps its status and Lease current: the status when it changes and otherwise every
 * few minutes, the Lease every ten seconds (KEP-589).
 */
public final class NodeReporter {

    private static final Logger LOG = LoggerFactory.getLogger(NodeReporter.class);

    private final Resources<Node> nodes;
    private final NodeSettings settings;
    private final Machine machine;
    private final NodeStatusBuilder builder;
    private final NodeLease lease;
    private final EventRecorder events;
    private final TimeSource time;
    private volatile @Nullable Node node;
    private Instant lastReport = Instant.EPOCH;

    NodeReporter(
            KubeClient client,
            NodeSettings settings,
            Machine machine,
            NodeStatusBuilder builder,
            EventRecorder events,
            TimeSource time) {
        this.nodes = client.resources(Node.class);
        this.settings = settings;
        this.machine = machine;
        this.builder = builder;
        this.lease = new NodeLease(client, name(settings), settings.nodeLeaseDurationSeconds(), time);
        this.events = events;
        this.time = time;
    }

    private static String name(NodeSettings settings) {
        return settings.hostnameOverride();
    }

    /** The object's uid, null before it is registered. */
    public @Nullable String nodeUid() {
        Node current = node;
        return current == null ? null : current.getMetadata().getUid();
    }

    public boolean registered() {
        return node != null;
    }

    /** Whether the API server has been told that the node is Ready. */
    public boolean ready() {
        Node current = node;
        return current != null
                && current.getStatus() != null
                && current.getStatus().getConditions().stream()
                        .anyMatch(each -> each.getType().equals("Ready")
                                && each.getStatus().equals("True"));
    }

    /** One round of reporting; throws where the API server could not be told. */
    public synchronized void report() {
        if (node == null) {
            register();
        }
        Node current = node;
        if (current == null) {
            return;
        }
        NodeStatus before = current.getStatus();
        NodeStatus status = builder.build(before);
        boolean changed = !comparable(status).equals(comparable(before));
        if (!changed && time.now().isBefore(lastReport.plus(settings.nodeStatusReportFrequency()))) {
            return;
        }
        ObjectNode patch = Json.object();
        patch.set("status", Json.mapper().valueToTree(status));
        try {
            node = nodes.patchStatus(name(settings), PatchType.STRATEGIC, patch).block();
            lastReport = time.now();
            announce(before, status);
        } catch (StatusException refused) {
            if (refused.reason() == StatusReason.NOT_FOUND) {
                // Somebody deleted the Node; it is made anew the next time.
                node = null;
            }
            throw refused;
        }
    }

    /** Everything but the times of heartbeats. */
    private static ObjectNode comparable(@Nullable NodeStatus status) {
        if (status == null) {
            return Json.object();
        }
        ObjectNode tree = (ObjectNode) Json.mapper().valueToTree(status);
        for (var condition : tree.path("conditions")) {
            ((ObjectNode) condition).remove("lastHeartbeatTime");
            ((ObjectNode) condition).remove("lastTransitionTime");
        }
        return tree.retain(List.of("capacity", "allocatable", "conditions", "addresses", "daemonEndpoints", "images"));
    }

    public void renewLease() {
        if (node != null) {
            lease.renew(nodeUid());
        }
    }

    private void register() {
        Node found = nodes.find(name(settings)).block();
        if (found != null) {
            node = relabelled(found);
            return;
        }
        if (!settings.registerNode()) {
            LOG.warn("node {} is not there and is not to be registered", name(settings));
            return;
        }
        node = nodes.create(fresh()).block();
        LOG.info("registered node {}", name(settings));
        announce(EventReason.STARTING, "Starting kubelet.");
    }

    private Node relabelled(Node found) {
        Map<String, String> labels = found.getMetadata().getLabels();
        var missing = new HashMap<>(labels());
        if (labels != null) {
            missing.entrySet().removeAll(labels.entrySet());
        }
        if (missing.isEmpty()) {
            return found;
        }
        ObjectNode patch = Json.object();
        ObjectNode target = patch.putObject("metadata").putObject("labels");
        missing.forEach(target::put);
        return Objects.requireNonNullElse(
                nodes.patch(name(settings), PatchType.MERGE, patch).block(), found);
    }

    private Node fresh() {
        var metadata = new ObjectMeta();
        metadata.setName(name(settings));
        metadata.setLabels(labels());
        metadata.setAnnotations(
                new HashMap<>(Map.of("volumes.kubernetes.io/controller-managed-attach-detach", "true")));
        var spec = new NodeSpec();
        spec.setTaints(settings.registerWithTaints());
        spec.setProviderID(settings.providerId().isEmpty() ? null : settings.providerId());
        var fresh = new Node();
        fresh.setMetadata(metadata);
        fresh.setSpec(spec);
        fresh.setStatus(builder.build(null));
        return fresh;
    }

    private Map<String, String> labels() {
        var labels = new HashMap<>(settings.nodeLabels());
        labels.put("kubernetes.io/hostname", name(settings));
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", machine.architecture());
        labels.put("beta.kubernetes.io/os", "linux");
        labels.put("beta.kubernetes.io/arch", machine.architecture());
        return labels;
    }

    private void announce(@Nullable NodeStatus before, NodeStatus status) {
        for (NodeCondition condition : status.getConditions()) {
            String old = before == null || before.getConditions() == null
                    ? ""
                    : before.getConditions().stream()
                            .filter(each -> each.getType().equals(condition.getType()))
                            .map(NodeCondition::getStatus)
                            .findFirst()
                            .orElse("");
            if (old.equals(condition.getStatus())) {
                continue;
            }
            boolean on = condition.getStatus().equals("True");
            EventReason reason = switch (condition.getType()) {
                case "Ready" -> on ? EventReason.NODE_READY : EventReason.NODE_NOT_READY;
                case "MemoryPressure" ->
                    on ? EventReason.NODE_HAS_INSUFFICIENT_MEMORY : EventReason.NODE_HAS_SUFFICIENT_MEMORY;
                case "DiskPressure" -> on ? EventReason.NODE_HAS_DISK_PRESSURE : EventReason.NODE_HAS_NO_DISK_PRESSURE;
                default -> on ? EventReason.NODE_HAS_INSUFFICIENT_PID : EventReason.NODE_HAS_SUFFICIENT_PID;
            };
            announce(reason, "Node " + name(settings) + " status is now: " + reason.text());
        }
    }

    private void announce(EventReason reason, String message) {
        var reference = new ObjectReference();
        reference.setKind("Node");
        reference.setApiVersion("v1");
        reference.setName(name(settings));
        // Upstream's kubelet puts the name where the uid belongs; kubectl describe looks for either.
        reference.setUid(name(settings));
        events.record(reference, EventRecorder.NORMAL, reason.text(), message);
    }

    /** How often {@link #report} should be called. */
    public Duration period() {
        return settings.nodeStatusUpdateFrequency();
    }
}
