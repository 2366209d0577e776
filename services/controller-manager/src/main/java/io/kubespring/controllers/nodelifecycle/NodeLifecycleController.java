package io.kubespring.controllers.nodelifecycle;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.Result;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.InformerOptions;
import io.kubespring.controllers.runtime.ControllerContext;
import java.util.List;

/** Runs the {@link NodeMonitor}, and keeps NoSchedule taints equal to what conditions say as soon as they change. */
public final class NodeLifecycleController {

    private static final String IDENTITY = "node-controller";
    private static final int WORKERS = 4;

    private NodeLifecycleController() {}

    public static void register(ControllerContext context) {
        Informer<Node> nodes = context.informers().informer(Node.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<Lease> leases = context.informers()
                .informer(Lease.class, InformerOptions.<Lease>all().namespace("kube-node-lease"));
        pods.addIndex(NodeMonitor.PODS_BY_NODE, NodeLifecycleController::nodeOf);
        KubeClient client = context.client(IDENTITY);
        EventRecorder events = context.events(IDENTITY);
        var monitor = new NodeMonitor(nodes.lister(), leases.lister(), pods.lister(), client, events, context.config());
        context.manager().every(context.config().nodeMonitorPeriod(), "node monitor", monitor::check);

        var taints = new NodeTaints(client);
        Controller<String> controller = context.controller("node_lifecycle_controller", WORKERS, name -> {
            Node node = nodes.lister().get("", name);
            if (node != null) {
                taints.setNoSchedule(node, Nodes.noScheduleKeys(node));
            }
            return Result.DONE;
        });
        nodes.addHandler(EventHandler.of(
                node -> controller.queue().add(node.getMetadata().getName()), last -> {
                    String name = last.getMetadata().getName();
                    events.normal(
                            last,
                            "RemovingNode",
                            "Node " + name + " event: Removing Node " + name + " from Controller");
                }));
    }

    private static List<String> nodeOf(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null || node.isEmpty() ? List.of() : List.of(node);
    }
}
