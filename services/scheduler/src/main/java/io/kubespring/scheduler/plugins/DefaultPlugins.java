package io.kubespring.scheduler.plugins;

import io.kubespring.client.KubeClient;
import io.kubespring.scheduler.framework.NamespaceLabels;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.plugins.topology.InterPodAffinity;
import io.kubespring.scheduler.plugins.topology.PodTopologySpread;
import java.util.List;

/** The plugins of the default profile, in the order in which they are asked: cheap rejections first. */
public final class DefaultPlugins {

    private DefaultPlugins() {}

    public static List<Plugin> all(KubeClient client, NamespaceLabels namespaces) {
        return List.of(
                new SchedulingGates(),
                new NodeUnschedulable(),
                new NodeName(),
                new TaintToleration(),
                new NodeAffinity(),
                new NodePorts(),
                new NodeResourcesFit(),
                new PodTopologySpread(),
                new InterPodAffinity(namespaces),
                new BalancedAllocation(),
                new ImageLocality(),
                new DefaultBinder(client));
    }
}
