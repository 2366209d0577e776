package io.kubespring.service.leader;

import io.kubespring.api.time.RandomSource;
import io.kubespring.client.leader.LeaderElectionConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Upstream's flags of leader election, under the component's own prefix.
 *
 * @param leaderElectLeaseDuration how long others wait after the last renewal they saw
 * @param leaderElectRenewDeadline how long the leader tries to renew before it gives up
 * @param leaderElectRetryPeriod between two tries
 */
public record LeaderElectionFlags(
        @DefaultValue("true") boolean leaderElect,
        @DefaultValue("15s") Duration leaderElectLeaseDuration,
        @DefaultValue("10s") Duration leaderElectRenewDeadline,
        @DefaultValue("2s") Duration leaderElectRetryPeriod,
        String leaderElectResourceName,
        @DefaultValue("kube-system") String leaderElectResourceNamespace) {

    /** @return null where there is no election */
    public @Nullable LeaderElectionConfig config(RandomSource random) {
        return leaderElect
                ? new LeaderElectionConfig(
                        leaderElectResourceNamespace,
                        leaderElectResourceName,
                        hostName() + "_" + random.uuid(),
                        leaderElectLeaseDuration,
                        leaderElectRenewDeadline,
                        leaderElectRetryPeriod)
                : null;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
