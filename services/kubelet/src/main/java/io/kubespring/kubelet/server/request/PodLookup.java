package io.kubespring.kubelet.server.request;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.kubelet.state.PodStateReader;
import io.kubespring.kubelet.worker.PodWorkers;

/** Finds Pods and containers that requests name. */
public final class PodLookup {

    private final PodWorkers workers;
    private final PodStateReader reader;

    public PodLookup(PodWorkers workers, PodStateReader reader) {
        this.workers = workers;
        this.reader = reader;
    }

    public Pod pod(String namespace, String name) {
        Pod pod = workers.find(namespace, name);
        if (pod == null) {
            throw new HttpError(404, "pod does not exist");
        }
        return pod;
    }

    public PodState state(Pod pod) {
        return reader.read(Pods.uid(pod));
    }

    /** A container that runs now. */
    public ContainerInfo running(Pod pod, String container) {
        ContainerInfo found = state(pod).container(container);
        if (found == null || !found.isRunning()) {
            throw new HttpError(404, "container not found (\"" + container + "\")");
        }
        return found;
    }
}
