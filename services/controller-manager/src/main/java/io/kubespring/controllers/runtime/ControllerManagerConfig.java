package io.kubespring.controllers.runtime;

import io.kubespring.client.leader.LeaderElectionConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The controller manager's settings, named as upstream's flags.
 *
 * @param controllers "*" for all, "name" and "-name" to choose
 * @param clusterCidr from which each node gets a range; null leaves nodes alone
 * @param rootCaPem what the kube-root-ca.crt ConfigMaps hold; empty publishes none
 * @param leaderElection null where this is the only instance
 */
public record ControllerManagerConfig(
        List<String> controllers,
        @Nullable String clusterCidr,
        int nodeCidrMaskSize,
        boolean allocateNodeCidrs,
        String rootCaPem,
        Duration nodeMonitorPeriod,
        Duration nodeMonitorGracePeriod,
        Duration nodeStartupGracePeriod,
        int terminatedPodGcThreshold,
        @Nullable LeaderElectionConfig leaderElection) {

    /** Upstream's defaults, with {@code allocate-node-cidrs} on from 10.244.0.0/16. */
    public static ControllerManagerConfig defaults() {
        return new ControllerManagerConfig(
                List.of("*"),
                "10.244.0.0/16",
                24,
                true,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(40),
                Duration.ofSeconds(60),
                12_500,
                null);
    }

    public ControllerManagerConfig withControllers(String... names) {
        return new ControllerManagerConfig(
                List.of(names),
                clusterCidr,
                nodeCidrMaskSize,
                allocateNodeCidrs,
                rootCaPem,
                nodeMonitorPeriod,
                nodeMonitorGracePeriod,
                nodeStartupGracePeriod,
                terminatedPodGcThreshold,
                leaderElection);
    }

    public ControllerManagerConfig withRootCaPem(String pem) {
        return new ControllerManagerConfig(
                controllers,
                clusterCidr,
                nodeCidrMaskSize,
                allocateNodeCidrs,
                pem,
                nodeMonitorPeriod,
                nodeMonitorGracePeriod,
                nodeStartupGracePeriod,
                terminatedPodGcThreshold,
                leaderElection);
    }

    public ControllerManagerConfig withLeaderElection(LeaderElectionConfig election) {
        return new ControllerManagerConfig(
                controllers,
                clusterCidr,
                nodeCidrMaskSize,
                allocateNodeCidrs,
                rootCaPem,
                nodeMonitorPeriod,
                nodeMonitorGracePeriod,
                nodeStartupGracePeriod,
                terminatedPodGcThreshold,
                election);
    }

    /** As upstream's {@code --controllers}: the last word about a name counts, "*" only where there is none. */
    public boolean enabled(String controller) {
        if (controllers.contains("-" + controller)) {
            return false;
        }
        return controllers.contains(controller) || controllers.contains("*");
    }
}
