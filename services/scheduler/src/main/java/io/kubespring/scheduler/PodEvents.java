package io.kubespring.scheduler;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.scheduler.cache.SchedulerCache;
import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.PodInfo;
import io.kubespring.scheduler.queue.SchedulingQueue;

/** Bound Pods go to the cache, unbound ones that are ours to the queue. */
final class PodEvents implements EventHandler<Pod> {

    private final String schedulerName;
    private final SchedulerCache cache;
    private final SchedulingQueue queue;

    PodEvents(String schedulerName, SchedulerCache cache, SchedulingQueue queue) {
        this.schedulerName = schedulerName;
        this.cache = cache;
        this.queue = queue;
    }

    private static boolean bound(Pod pod) {
        String node = pod.getSpec().getNodeName();
        return node != null && !node.isEmpty();
    }

    private boolean ours(Pod pod) {
        String name = pod.getSpec().getSchedulerName();
        return name == null || name.equals(schedulerName);
    }

    @Override
    public void onAdd(Pod pod, boolean initial) {
        if (bound(pod)) {
            cache.putPod(pod);
            queue.happened(ClusterEvent.ASSIGNED_POD_ADDED);
        } else if (ours(pod)) {
            queue.put(PodInfo.of(pod));
        }
    }

    @Override
    public void onUpdate(Pod before, Pod after) {
        if (bound(after)) {
            queue.remove(after.getMetadata().getUid());
            cache.putPod(after);
            queue.happened(bound(before) ? ClusterEvent.ASSIGNED_POD_CHANGED : ClusterEvent.ASSIGNED_POD_ADDED);
        } else if (ours(after) && matters(before, after)) {
            queue.put(PodInfo.of(after));
        }
    }

    /** The condition that the scheduler itself has just written changes nothing. */
    private static boolean matters(Pod before, Pod after) {
        return !before.getSpec().equals(after.getSpec())
                || !before.getMetadata().getUid().equals(after.getMetadata().getUid())
                || !java.util.Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels());
    }

    @Override
    public void onDelete(Pod last) {
        queue.remove(last.getMetadata().getUid());
        if (bound(last)) {
            cache.removePod(last);
            queue.happened(ClusterEvent.ASSIGNED_POD_DELETED);
        }
    }
}
