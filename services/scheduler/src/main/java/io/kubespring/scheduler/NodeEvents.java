package io.kubespring.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.scheduler.cache.SchedulerCache;
import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.queue.SchedulingQueue;
import java.util.Objects;

/** Takes nodes into the cache and tells the queue what may help whom. A heartbeat helps nobody. */
final class NodeEvents implements EventHandler<Node> {

    private final SchedulerCache cache;
    private final SchedulingQueue queue;

    NodeEvents(SchedulerCache cache, SchedulingQueue queue) {
        this.cache = cache;
        this.queue = queue;
    }

    @Override
    public void onAdd(Node node, boolean initial) {
        cache.putNode(node);
        queue.happened(ClusterEvent.NODE_ADDED);
    }

    @Override
    public void onUpdate(Node before, Node after) {
        cache.putNode(after);
        if (!Objects.equals(allocatable(before), allocatable(after))) {
            queue.happened(ClusterEvent.NODE_ALLOCATABLE_CHANGED);
        }
        if (!Objects.equals(
                before.getMetadata().getLabels(), after.getMetadata().getLabels())) {
            queue.happened(ClusterEvent.NODE_LABELS_CHANGED);
        }
        if (!Objects.equals(before.getSpec(), after.getSpec())) {
            queue.happened(ClusterEvent.NODE_TAINTS_CHANGED);
        }
    }

    private static Object allocatable(Node node) {
        return node.getStatus() == null ? "" : node.getStatus().getAllocatable();
    }

    @Override
    public void onDelete(Node last) {
        cache.removeNode(last.getMetadata().getName());
    }
}
