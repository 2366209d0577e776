package io.kubespring.kubelet.resources;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.node.cgroup.CgroupLimits;
import io.kubespring.node.cgroup.Cgroups;
import java.io.IOException;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tree of groups of a node: {@code kubepods}, one a class below it, one a Pod below that. */
public final class PodCgroups {

    private static final Logger LOG = LoggerFactory.getLogger(PodCgroups.class);

    private final Cgroups cgroups;
    private final LinuxResources resources;
    private final String base;

    public PodCgroups(Cgroups cgroups, LinuxResources resources, String cgroupRoot) {
        this.cgroups = cgroups;
        this.resources = resources;
        this.base = (cgroupRoot.endsWith("/") ? cgroupRoot : cgroupRoot + "/") + "kubepods";
    }

    /** Makes the groups of the classes; {@code kubepods} gets what Pods may use in all. */
    public void prepare(long allocatableMilliCpu, long allocatableMemoryBytes) throws IOException {
        cgroups.create(base);
        cgroups.apply(
                base, new CgroupLimits(LinuxResources.shares(allocatableMilliCpu), null, allocatableMemoryBytes, null));
        for (QosClass each : QosClass.values()) {
            if (!each.cgroup().isEmpty()) {
                cgroups.create(base + "/" + each.cgroup());
            }
        }
    }

    /** Weighs the classes against each other by what their Pods ask for now. */
    public void rebalance(Collection<Pod> running) {
        long burstable = running.stream()
                .filter(pod -> QosClass.of(pod) == QosClass.BURSTABLE)
                .mapToLong(PodRequests::milliCpu)
                .sum();
        try {
            share(QosClass.BURSTABLE, LinuxResources.shares(burstable));
            share(QosClass.BEST_EFFORT, LinuxResources.MIN_SHARES);
        } catch (IOException failure) {
            LOG.warn("weights of the QoS groups not set: {}", failure.toString());
        }
    }

    private void share(QosClass qos, long shares) throws IOException {
        cgroups.apply(base + "/" + qos.cgroup(), new CgroupLimits(shares, null, null, null));
    }

    public String path(Pod pod) {
        QosClass qos = QosClass.of(pod);
        String parent = qos.cgroup().isEmpty() ? base : base + "/" + qos.cgroup();
        return parent + "/pod" + Pods.uid(pod);
    }

    /** Makes the Pod's group and sets its limits. Idempotent. */
    public void create(Pod pod) throws IOException {
        String path = path(pod);
        if (!cgroups.exists(path)) {
            cgroups.create(path);
            cgroups.apply(path, resources.pod(pod));
        }
    }

    public void remove(Pod pod) throws IOException {
        cgroups.remove(path(pod));
    }

    public Cgroups cgroups() {
        return cgroups;
    }

    public String base() {
        return base;
    }
}
