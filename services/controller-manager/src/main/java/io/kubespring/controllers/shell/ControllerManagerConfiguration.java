package io.kubespring.controllers.shell;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.leader.LeaderElectionConfig;
import io.kubespring.client.transport.MeteredTransport;
import io.kubespring.client.transport.Transport;
import io.kubespring.controllers.ControllerManager;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.service.leader.LeaderElectionFlags;
import io.kubespring.service.leader.LostLeadership;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the core out of the flags. */
@Configuration(proxyBeanMethods = false)
class ControllerManagerConfiguration {

    private static final String ACCOUNTS = "system:serviceaccounts";
    private static final String NAMESPACE = "kube-system";

    @Bean(initMethod = "start")
    ControllerManager controllerManager(
            ControllerManagerProperties flags,
            LeaderElectionFlags election,
            LostLeadership lost,
            TransportSource transports,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics) {
        Map<String, KubeClient> clients = new ConcurrentHashMap<>();
        Function<String, KubeClient> clientFor = name -> clients.computeIfAbsent(
                flags.useServiceAccountCredentials() ? name : ControllerManager.IDENTITY,
                identity -> client(identity, transports, time, metrics));
        return new ControllerManager(config(flags, election.config(random)), clientFor, time, random, metrics, lost);
    }

    private static KubeClient client(
            String identity, TransportSource transports, TimeSource time, MeterRegistry metrics) {
        Transport transport = identity.equals(ControllerManager.IDENTITY)
                ? transports.as("system:kube-controller-manager")
                : transports.as(
                        "system:serviceaccount:" + NAMESPACE + ":" + identity, ACCOUNTS, ACCOUNTS + ":" + NAMESPACE);
        return KubeClient.over(new MeteredTransport(transport, metrics, time), time);
    }

    private static ControllerManagerConfig config(
            ControllerManagerProperties flags, @Nullable LeaderElectionConfig election) {
        return new ControllerManagerConfig(
                flags.controllers(),
                flags.clusterCidr(),
                flags.nodeCidrMaskSize(),
                flags.allocateNodeCidrs(),
                read(flags.rootCaFile()),
                flags.nodeMonitorPeriod(),
                flags.nodeMonitorGracePeriod(),
                flags.nodeStartupGracePeriod(),
                flags.terminatedPodGcThreshold(),
                election);
    }

    private static String read(@Nullable Path file) {
        try {
            return file == null ? "" : Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read --root-ca-file " + file, unreadable);
        }
    }

    /** Ready once the informers are complete and while the API server answers. */
    @Bean
    HealthIndicator controllersHealthIndicator(ControllerManager manager) {
        return () -> (manager.ready() ? Health.up() : Health.outOfService())
                .withDetail("state", manager.state())
                .build();
    }
}
