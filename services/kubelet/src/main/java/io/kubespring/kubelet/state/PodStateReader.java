package io.kubespring.kubelet.state;

import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.PodSandbox;
import io.kubespring.node.cri.v1.PodSandboxStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Asks the runtime for everything it has of one Pod. */
public final class PodStateReader {

    private final CriRuntime runtime;

    public PodStateReader(CriRuntime runtime) {
        this.runtime = runtime;
    }

    public PodState read(String podUid) {
        var labels = Map.of(Labels.POD_UID, podUid);
        var sandboxes = new ArrayList<PodSandboxStatus>();
        for (PodSandbox sandbox : runtime.listPodSandboxes(labels)) {
            try {
                sandboxes.add(runtime.podSandboxStatus(sandbox.getId()));
            } catch (CriException failure) {
                ignoreIfGone(failure);
            }
        }
        var containers = new ArrayList<ContainerInfo>();
        for (Container container : runtime.listContainers(labels)) {
            try {
                containers.add(
                        new ContainerInfo(container.getPodSandboxId(), runtime.containerStatus(container.getId())));
            } catch (CriException failure) {
                ignoreIfGone(failure);
            }
        }
        sandboxes.sort(Comparator.comparingLong(PodSandboxStatus::getCreatedAt).reversed());
        containers.sort(Comparator.comparingLong(
                        (ContainerInfo container) -> container.status().getCreatedAt())
                .reversed());
        return new PodState(podUid, List.copyOf(sandboxes), List.copyOf(containers));
    }

    /** Something may vanish between the list and the look at it. */
    private static void ignoreIfGone(CriException failure) {
        if (failure.code() != CriException.Code.NOT_FOUND) {
            throw failure;
        }
    }
}
