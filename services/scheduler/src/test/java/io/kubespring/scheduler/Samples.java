package io.kubespring.scheduler;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

/** Nodes and Pods that tests start from. */
public final class Samples {

    private Samples() {}

    /** A node with the given whole cores, as many GiB, and 110 Pods. */
    public static NodeBuilder node(String name, int cores) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addToAllocatable("cpu", new Quantity(String.valueOf(cores)))
                .addToAllocatable("memory", new Quantity(cores + "Gi"))
                .addToAllocatable("pods", new Quantity("110"))
                .endStatus();
    }

    public static Node tainted(String name, String key, String effect) {
        return node(name, 4)
                .editSpec()
                .addNewTaint()
                .withKey(key)
                .withEffect(effect)
                .endTaint()
                .endSpec()
                .build();
    }

    /** A Pod that asks for that much CPU. */
    public static PodBuilder pod(String name, String cpu) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("default-scheduler")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpu))
                .endResources()
                .endContainer()
                .endSpec();
    }

    public static Pod small(String name) {
        return pod(name, "100m").build();
    }
}
