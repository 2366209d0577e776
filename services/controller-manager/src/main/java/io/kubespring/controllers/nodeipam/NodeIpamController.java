package io.kubespring.controllers.nodeipam;

import io.fabric8.kubernetes.api.model.Node;
import io.kubespring.client.Await;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.Result;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.runtime.ControllerContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a free range of the cluster CIDR into each node's podCIDR. Invariant: no two nodes have the same range. One
 * worker alone hands ranges out; what it has handed out counts even before the informer shows it.
 */
public final class NodeIpamController {

    private static final Logger LOG = LoggerFactory.getLogger(NodeIpamController.class);
    private static final Duration FULL_RETRY = Duration.ofSeconds(30);

    private final Lister<Node> nodes;
    private final Resources<Node> client;
    private final EventRecorder events;
    private final CidrPool pool;
    private final Map<String, String> assigned = new HashMap<>();
    private boolean loaded;

    private NodeIpamController(Lister<Node> nodes, Resources<Node> client, EventRecorder events, CidrPool pool) {
        this.nodes = nodes;
        this.client = client;
        this.events = events;
        this.pool = pool;
    }

    public static void register(ControllerContext context) {
        String cidr = context.config().clusterCidr();
        if (!context.config().allocateNodeCidrs() || cidr == null || cidr.isEmpty()) {
            return;
        }
        Informer<Node> nodes = context.informers().informer(Node.class);
        var ipam = new NodeIpamController(
                nodes.lister(),
                context.client("node-controller").resources(Node.class),
                context.events("node-controller"),
                new CidrPool(cidr, context.config().nodeCidrMaskSize()));
        Controller<String> controller = context.controller("node_ipam", 1, ipam::reconcile);
        nodes.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Node node, boolean initial) {
                controller.queue().add(node.getMetadata().getName());
            }

            @Override
            public void onUpdate(Node before, Node after) {
                if (cidr(after) == null) {
                    controller.queue().add(after.getMetadata().getName());
                }
            }

            @Override
            public void onDelete(Node last) {
                controller.queue().add(last.getMetadata().getName());
            }
        });
    }

    private Result reconcile(String name) {
        load();
        Node node = nodes.get("", name);
        if (node == null) {
            String freed = assigned.remove(name);
            if (freed != null) {
                pool.release(freed);
            }
            return Result.DONE;
        }
        String present = cidr(node);
        if (present != null) {
            keep(name, present);
            return Result.DONE;
        }
        String chosen = assigned.containsKey(name) ? assigned.get(name) : pool.take();
        if (chosen == null) {
            events.normal(node, "CIDRNotAvailable", "Node " + name + " status is now: CIDRNotAvailable");
            return Result.after(FULL_RETRY);
        }
        assigned.put(name, chosen);
        Await.done(client.patch(
                name, PatchType.STRATEGIC, Map.of("spec", Map.of("podCIDR", chosen, "podCIDRs", List.of(chosen)))));
        LOG.info("{}: pod range {}", name, chosen);
        return Result.DONE;
    }

    /** Before the first range is handed out, all that are in use must be known. */
    private void load() {
        if (!loaded) {
            for (Node node : nodes.list()) {
                String cidr = cidr(node);
                if (cidr != null) {
                    keep(node.getMetadata().getName(), cidr);
                }
            }
            loaded = true;
        }
    }

    private void keep(String name, String cidr) {
        String before = assigned.put(name, cidr);
        if (before != null && !before.equals(cidr)) {
            pool.release(before);
        }
        pool.occupy(cidr);
    }

    private static @Nullable String cidr(Node node) {
        String cidr = node.getSpec() == null ? null : node.getSpec().getPodCIDR();
        return cidr == null || cidr.isEmpty() ? null : cidr;
    }
}
