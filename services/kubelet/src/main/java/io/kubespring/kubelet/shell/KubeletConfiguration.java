package io.kubespring.kubelet.shell;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.MeteredTransport;
import io.kubespring.kubelet.Kubelet;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.node.cgroup.Cgroups;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.GrpcCriRuntime;
import io.kubespring.service.boot.TransportSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the core out of the flags. */
@Configuration(proxyBeanMethods = false)
class KubeletConfiguration {

    @Bean
    KubeletConfig kubeletConfig(KubeletProperties flags) {
        return CoreConfig.of(flags);
    }

    @Bean
    @ConditionalOnMissingBean
    CriRuntime criRuntime(KubeletProperties flags) {
        String endpoint = flags.containerRuntimeEndpoint();
        if (endpoint.contains("://") && !endpoint.startsWith("unix://")) {
            throw new IllegalArgumentException(
                    "--container-runtime-endpoint must be a Unix socket (unix:///…), not " + endpoint);
        }
        return new GrpcCriRuntime(Path.of(endpoint.replaceFirst("^unix://", "")), flags.runtimeRequestTimeout());
    }

    @Bean
    @ConditionalOnMissingBean
    Cgroups cgroups() {
        return Cgroups.host();
    }

    @Bean(initMethod = "start")
    Kubelet kubelet(
            KubeletConfig config,
            CriRuntime runtime,
            Cgroups cgroups,
            TransportSource transports,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics) {
        String user = "system:node:" + config.node().hostnameOverride();
        var client = KubeClient.over(new MeteredTransport(transports.as(user, "system:nodes"), metrics, time), time);
        return new Kubelet(config, client, runtime, cgroups, time, random, metrics);
    }

    /** Ready while the runtime and the API server answer, and the API server knows the node. */
    @Bean
    HealthIndicator kubeletHealthIndicator(Kubelet kubelet) {
        return () -> (kubelet.ready() ? Health.up() : Health.outOfService())
                .withDetail("state", kubelet.state())
                .build();
    }
}
