package io.kubespring.scheduler.plugins;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerImage;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;

/** Likes nodes that have the Pod's images already, by their size. */
public final class ImageLocality implements Plugin.Score {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long LEAST = 23 * MEGABYTE;
    private static final long MOST_A_CONTAINER = 1000 * MEGABYTE;

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        if (node.node().getStatus() == null
                || node.node().getStatus().getImages().isEmpty()) {
            return 0;
        }
        long present = 0;
        var containers = pod.pod().getSpec().getContainers();
        for (Container each : containers) {
            present += size(node, each.getImage());
        }
        long most = MOST_A_CONTAINER * containers.size();
        return MAX * (Math.clamp(present, LEAST, most) - LEAST) / (most - LEAST);
    }

    private static long size(NodeInfo node, String image) {
        for (ContainerImage each : node.node().getStatus().getImages()) {
            if (each.getNames().contains(image)) {
                return each.getSizeBytes() == null ? 0 : each.getSizeBytes();
            }
        }
        return 0;
    }

    @Override
    public long weight() {
        return 1;
    }
}
