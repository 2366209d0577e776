package io.kubespring.proxy.shell;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.MeteredTransport;
import io.kubespring.node.iptables.HostIptables;
import io.kubespring.node.iptables.Iptables;
import io.kubespring.node.process.HostCommands;
import io.kubespring.proxy.KubeProxy;
import io.kubespring.proxy.ProxyConfig;
import io.kubespring.service.boot.TransportSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the core out of the flags. */
@Configuration(proxyBeanMethods = false)
class ProxyConfiguration {

    @Bean(initMethod = "start")
    KubeProxy kubeProxy(
            ProxyProperties flags,
            TransportSource transports,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics,
            ObjectProvider<Iptables> iptables)
            throws UnknownHostException {
        String node = flags.hostnameOverride().isEmpty()
                ? InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT)
                : flags.hostnameOverride();
        var config = new ProxyConfig(
                node,
                flags.clusterCidr(),
                flags.serviceClusterIpRange(),
                flags.iptablesMinSyncPeriod(),
                flags.iptablesSyncPeriod());
        return new KubeProxy(
                config,
                KubeClient.over(new MeteredTransport(transports.as("system:kube-proxy"), metrics, time), time),
                iptables.getIfAvailable(HostIptables::new),
                HostCommands.HERE,
                time,
                random,
                Executors.newVirtualThreadPerTaskExecutor(),
                metrics);
    }

    /** Ready while this node's rules are written and the API server answers. */
    @Bean
    HealthIndicator kubeProxyHealthIndicator(KubeProxy proxy) {
        return () -> (proxy.ready() ? Health.up() : Health.outOfService())
                .withDetail("state", proxy.state())
                .build();
    }
}
