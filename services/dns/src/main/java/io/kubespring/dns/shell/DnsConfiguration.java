package io.kubespring.dns.shell;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.MeteredTransport;
import io.kubespring.dns.ClusterDns;
import io.kubespring.dns.DnsConfig;
import io.kubespring.service.boot.TransportSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the core out of the flags. */
@Configuration(proxyBeanMethods = false)
class DnsConfiguration {

    @Bean(initMethod = "start")
    ClusterDns clusterDns(
            DnsProperties flags,
            TransportSource transports,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics) {
        var config = new DnsConfig(
                new InetSocketAddress(flags.bindAddress(), flags.port()),
                flags.clusterDomain(),
                flags.ttl(),
                flags.resolvConf());
        return new ClusterDns(
                config,
                KubeClient.over(new MeteredTransport(transports.as("system:kube-dns"), metrics, time), time),
                time,
                random,
                metrics);
    }

    /** Ready while the cluster's names are known and the API server answers. */
    @Bean
    HealthIndicator clusterDnsHealthIndicator(ClusterDns dns) {
        return () -> (dns.ready() ? Health.up() : Health.outOfService())
                .withDetail("state", dns.state())
                .build();
    }
}
