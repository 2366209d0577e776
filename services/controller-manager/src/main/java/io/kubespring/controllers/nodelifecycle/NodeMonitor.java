package io.kubespring.controllers.nodelifecycle;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.pods.Pods;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every node each few seconds. One that was not heard of for the grace period gets its conditions set to
 * Unknown; the Pods of one that is not ready any more are marked not ready; one that stays so is tainted NoExecute, as
 * fast as {@link Disruption} lets it.
 */
final class NodeMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(NodeMonitor.class);
    static final String PODS_BY_NODE = "node";

    private final Lister<Node> nodes;
    private final Lister<Lease> leases;
    private final Lister<Pod> pods;
    private final KubeClient client;
    private final NodeTaints taints;
    private final EventRecorder events;
    private final TimeSource time;
    private final ControllerManagerConfig config;
    private final Map<String, NodeHealth> health = new HashMap<>();
    private final Map<String, String> readyBefore = new HashMap<>();
    private final Disruption disruption = new Disruption();

    NodeMonitor(
            Lister<Node> nodes,
            Lister<Lease> leases,
            Lister<Pod> pods,
            KubeClient client,
            EventRecorder events,
            ControllerManagerConfig config) {
        this.nodes = nodes;
        this.leases = leases;
        this.pods = pods;
        this.client = client;
        this.taints = new NodeTaints(client);
        this.events = events;
        this.time = client.time();
        this.config = config;
    }

    void check() {
        long now = time.nanoTime();
        var gone = new HashSet<>(health.keySet());
        var current = new ArrayList<Node>();
        for (Node node : nodes.list()) {
            gone.remove(node.getMetadata().getName());
            guarded(node, () -> current.add(checkHealth(node, now)));
        }
        gone.forEach(name -> {
            health.remove(name);
            readyBefore.remove(name);
        });
        disruption.observe(current, now);
        for (Node node : current) {
            guarded(node, () -> checkTaints(node, now));
        }
    }

    /** One node that cannot be written must not keep the others from being looked at. */
    private static void guarded(Node node, Runnable step) {
        try {
            step.run();
        } catch (StatusException failure) {
            LOG.warn("{}: {}", node.getMetadata().getName(), failure.getMessage());
        }
    }

    /** @return the node as it is after what this did to it */
    private Node checkHealth(Node node, long now) {
        String name = node.getMetadata().getName();
        NodeHealth known = health.get(name);
        if (known == null) {
            known = new NodeHealth(node, now);
            health.put(name, known);
            events.normal(
                    node, "RegisteredNode", "Node " + name + " event: Registered Node " + name + " in Controller");
        }
        known.observe(node, leases.get("kube-node-lease", name), now);
        boolean neverReported = Nodes.condition(node, Nodes.READY) == null;
        Duration grace = neverReported ? config.nodeStartupGracePeriod() : config.nodeMonitorGracePeriod();
        if (known.silent(now, grace) && (neverReported || !Nodes.ready(node).equals("Unknown"))) {
            LOG.warn("{}: not heard of for {} s", name, grace.toSeconds());
            Node unknown = markUnknown(node);
            leaveReady(node, name);
            return unknown;
        }
        String ready = Nodes.ready(node);
        if (ready.equals("True")) {
            readyBefore.put(name, ready);
        } else {
            leaveReady(node, name);
        }
        return node;
    }

    private void leaveReady(Node node, String name) {
        String before = readyBefore.get(name);
        if (before == null || before.equals("True")) {
            if (before != null) {
                events.normal(node, "NodeNotReady", "Node " + name + " status is now: NodeNotReady");
            }
            markPodsNotReady(name);
            readyBefore.put(name, "False");
        }
    }

    private Node markUnknown(Node node) {
        Node next = new NodeBuilder(node)
                .editOrNewStatus()
                .withConditions(NodeHealth.unknown(node, time.now()))
                .endStatus()
                .build();
        return Await.value(client.resources(Node.class).updateStatus(next));
    }

    private void markPodsNotReady(String node) {
        for (Pod pod : pods.byIndex(PODS_BY_NODE, node)) {
            PodCondition ready = Pods.condition(pod, "Ready");
            if (ready == null || !"True".equals(ready.getStatus())) {
                continue;
            }
            var condition = Map.of(
                    "type", "Ready",
                    "status", "False",
                    "lastTransitionTime",
                            time.now().truncatedTo(ChronoUnit.SECONDS).toString());
            try {
                Await.done(client.resources(Pod.class)
                        .inNamespace(pod.getMetadata().getNamespace())
                        .patchStatus(
                                pod.getMetadata().getName(),
                                PatchType.STRATEGIC,
                                Map.of("status", Map.of("conditions", List.of(condition)))));
                events.warning(pod, "NodeNotReady", "Node is not ready");
            } catch (StatusException failure) {
                LOG.warn(
                        "{}/{}: not marked: {}",
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName(),
                        failure.getMessage());
            }
        }
    }

    private void checkTaints(Node node, long now) {
        String wanted = disruption.isTotal() ? null : Nodes.noExecuteKey(node);
        boolean tainted = Nodes.taints(node).stream().anyMatch(Nodes::managesNoExecute);
        boolean right = wanted == null
                ? !tainted
                : Nodes.has(Nodes.taints(node), Objects.requireNonNull(wanted), Nodes.NO_EXECUTE);
        if (!right && (wanted == null || tainted || disruption.mayTaint(node, now))) {
            taints.setNoExecute(node, wanted);
        }
    }
}
