package io.kubespring.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.kubelet.cluster.ConfigObjects;
import io.kubespring.kubelet.pod.MirrorPods;
import io.kubespring.kubelet.pod.PodSink;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.worker.PodWorkers;
import java.util.Objects;

/** Hands Pods from the API server and from files to their workers; mirrors of static Pods only to the book of mirrors. */
final class PodDispatcher implements EventHandler<Pod>, PodSink {

    private final PodWorkers workers;
    private final MirrorPods mirrors;
    private final ConfigObjects objects;

    PodDispatcher(PodWorkers workers, MirrorPods mirrors, ConfigObjects objects) {
        this.workers = workers;
        this.mirrors = mirrors;
        this.objects = objects;
    }

    @Override
    public void onAdd(Pod pod, boolean initial) {
        if (Pods.isMirror(pod)) {
            mirrors.seen(pod);
            return;
        }
        objects.refresh(pod.getMetadata().getNamespace());
        workers.update(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod after) {
        if (!Objects.equals(Pods.uid(before), Pods.uid(after))) {
            onDelete(before);
            onAdd(after, false);
        } else if (Pods.isMirror(after)) {
            mirrors.seen(after);
        } else {
            workers.update(after);
        }
    }

    @Override
    public void onDelete(Pod last) {
        if (Pods.isMirror(last)) {
            mirrors.gone(last);
        } else {
            workers.remove(Pods.uid(last));
        }
    }

    @Override
    public void update(Pod pod) {
        workers.update(pod);
    }

    @Override
    public void remove(Pod pod) {
        workers.remove(Pods.uid(pod));
    }
}
