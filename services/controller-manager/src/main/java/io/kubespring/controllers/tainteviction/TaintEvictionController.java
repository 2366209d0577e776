package io.kubespring.controllers.tainteviction;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.controller.Result;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.runtime.ControllerContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Deletes a Pod when its node has a NoExecute taint that the Pod does not tolerate, or tolerates no longer. Level-triggered:
 * the moment is computed from the taint's own timeAdded, nothing is kept in memory.
 */
public final class TaintEvictionController {

    private static final String IDENTITY = "node-controller";
    private static final String BY_NODE = "node";
    private static final int WORKERS = 8;

    private final Lister<Pod> pods;
    private final Lister<Node> nodes;
    private final Resources<Pod> client;
    private final EventRecorder events;
    private final TimeSource time;

    private TaintEvictionController(ControllerContext context, Lister<Pod> pods, Lister<Node> nodes) {
        this.pods = pods;
        this.nodes = nodes;
        this.client = context.client(IDENTITY).resources(Pod.class);
        this.events = context.events(IDENTITY);
        this.time = context.time();
    }

    public static void register(ControllerContext context) {
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<Node> nodes = context.informers().informer(Node.class);
        pods.addIndex(BY_NODE, TaintEvictionController::nodeOf);
        var eviction = new TaintEvictionController(context, pods.lister(), nodes.lister());
        Controller<ObjectKey> controller = context.controller("noexec_taint_pod", WORKERS, eviction::reconcile);
        pods.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Pod pod, boolean initial) {
                if (!nodeOf(pod).isEmpty()) {
                    controller.queue().add(ObjectKey.of(pod));
                }
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                if (!Objects.equals(
                                before.getSpec().getNodeName(), after.getSpec().getNodeName())
                        || !Objects.equals(
                                before.getSpec().getTolerations(),
                                after.getSpec().getTolerations())) {
                    onAdd(after, false);
                }
            }
        });
        nodes.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Node node, boolean initial) {
                if (!taints(node).isEmpty()) {
                    eviction.pods
                            .byIndex(BY_NODE, node.getMetadata().getName())
                            .forEach(pod -> controller.queue().add(ObjectKey.of(pod)));
                }
            }

            @Override
            public void onUpdate(Node before, Node after) {
                if (!taints(before).equals(taints(after))) {
                    onAdd(after, false);
                }
            }
        });
    }

    private Result reconcile(ObjectKey key) {
        Pod pod = pods.get(key.namespace(), key.name());
        if (pod == null
                || pod.getMetadata().getDeletionTimestamp() != null
                || nodeOf(pod).isEmpty()) {
            return Result.DONE;
        }
        Node node = nodes.get("", nodeOf(pod).getFirst());
        Instant now = time.now();
        Instant deadline = node == null ? null : Tolerance.deadline(pod, taints(node), now);
        if (deadline == null) {
            return Result.DONE;
        }
        if (deadline.isAfter(now)) {
            return Result.after(Duration.between(now, deadline));
        }
        evict(key, pod);
        return Result.DONE;
    }

    private void evict(ObjectKey key, Pod pod) {
        events.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + key);
        var condition = Map.of(
                "type", "DisruptionTarget",
                "status", "True",
                "reason", "DeletionByTaintManager",
                "message", "Taint manager: deleting due to NoExecute taint",
                "lastTransitionTime", time.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Resources<Pod> inNamespace = client.inNamespace(key.namespace());
        try {
            Await.done(inNamespace.patchStatus(
                    key.name(), PatchType.STRATEGIC, Map.of("status", Map.of("conditions", List.of(condition)))));
            Await.done(inNamespace.delete(
                    key.name(), DeleteOptions.ofUid(pod.getMetadata().getUid())));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private static List<Taint> taints(Node node) {
        List<Taint> taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        return taints == null
                ? List.of()
                : taints.stream()
                        .filter(taint -> "NoExecute".equals(taint.getEffect()))
                        .toList();
    }

    private static List<String> nodeOf(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null || node.isEmpty() ? List.of() : List.of(node);
    }
}
