package io.kubespring.kubelet.worker;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.worker.PodWorker.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All Pods of this node, each with its worker. */
public final class PodWorkers implements AutoCloseable {

    private final PodSyncer syncer;
    private final PodEvents events;
    private final TimeSource time;
    private final Duration period;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();

    /** @param period how often a Pod is looked at though nothing happened */
    public PodWorkers(PodSyncer syncer, PodEvents events, TimeSource time, Duration period) {
        this.syncer = syncer;
        this.events = events;
        this.time = time;
        this.period = period;
    }

    /** A Pod that should be here, new or changed. */
    public void update(Pod pod) {
        String uid = Pods.uid(pod);
        boolean[] made = new boolean[1];
        PodWorker worker = workers.computeIfAbsent(uid, key -> {
            made[0] = true;
            return new PodWorker(pod, syncer, events, time, period, () -> workers.remove(key));
        });
        if (made[0]) {
            worker.start();
        } else {
            worker.update(pod);
        }
    }

    /** A Pod that its source no longer has. */
    public void remove(String podUid) {
        PodWorker worker = workers.get(podUid);
        if (worker != null) {
            worker.remove();
        }
    }

    /** Something may have happened to the Pod. */
    public void wake(String podUid) {
        PodWorker worker = workers.get(podUid);
        if (worker != null) {
            worker.wake();
        }
    }

    /** Ends a Pod as Failed. */
    public void fail(String podUid, String reason, String message) {
        PodWorker worker = workers.get(podUid);
        if (worker != null) {
            worker.fail(reason, message);
        }
    }

    public boolean knows(String podUid) {
        return workers.containsKey(podUid);
    }

    public List<Pod> pods() {
        return workers.values().stream().map(PodWorker::pod).toList();
    }

    /** Pods that take up room here: not yet stopped. */
    public List<Pod> active() {
        return workers.values().stream()
                .filter(worker -> worker.stage() == Stage.SYNCING || worker.stage() == Stage.STOPPING)
                .map(PodWorker::pod)
                .toList();
    }

    public @Nullable Pod find(String namespace, String name) {
        return workers.values().stream()
                .map(PodWorker::pod)
                .filter(pod -> pod.getMetadata().getNamespace().equals(namespace)
                        && pod.getMetadata().getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Ends the workers and leaves the containers running. */
    @Override
    public void close() {
        workers.values().forEach(PodWorker::abandon);
    }
}
