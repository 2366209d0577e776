package io.kubespring.kubelet.gc;

import io.kubespring.kubelet.state.Labels;
import io.kubespring.kubelet.worker.PodWorkers;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.ContainerState;
import io.kubespring.node.cri.v1.PodSandbox;
import io.kubespring.node.cri.v1.PodSandboxState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Removes containers that have ended: of each name of a Pod the newest stays for its logs and last state; sandboxes that
 * hold nothing any more go too, but for a Pod's newest.
 */
public final class DeadContainers {

    private record Name(String podUid, String container) {}

    private final CriRuntime runtime;
    private final PodWorkers workers;

    public DeadContainers(CriRuntime runtime, PodWorkers workers) {
        this.runtime = runtime;
        this.workers = workers;
    }

    /** One round. */
    public void collect() {
        List<Container> containers = new ArrayList<>(runtime.listContainers(Map.of()));
        containers.sort(Comparator.comparingLong(Container::getCreatedAt).reversed());
        var dead = new HashMap<Name, Integer>();
        var inUse = new HashSet<String>();
        for (Container container : containers) {
            String uid = container.getLabelsOrDefault(Labels.POD_UID, "");
            boolean ended = container.getState() == ContainerState.CONTAINER_EXITED;
            var name = new Name(uid, container.getMetadata().getName());
            if (ended && workers.knows(uid) && dead.merge(name, 1, Integer::sum) > 1) {
                runtime.removeContainer(container.getId());
            } else {
                inUse.add(container.getPodSandboxId());
            }
        }
        sandboxes(inUse);
    }

    private void sandboxes(HashSet<String> inUse) {
        List<PodSandbox> sandboxes = new ArrayList<>(runtime.listPodSandboxes(Map.of()));
        sandboxes.sort(Comparator.comparingLong(PodSandbox::getCreatedAt).reversed());
        var seen = new HashSet<String>();
        for (PodSandbox sandbox : sandboxes) {
            boolean newest = seen.add(sandbox.getMetadata().getUid());
            boolean ready = sandbox.getState() == PodSandboxState.SANDBOX_READY;
            if (!newest && !ready && !inUse.contains(sandbox.getId())) {
                runtime.removePodSandbox(sandbox.getId());
            }
        }
    }
}
