package io.kubespring.flannel.shell;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.MeteredTransport;
import io.kubespring.flannel.Flannel;
import io.kubespring.flannel.FlannelConfig;
import io.kubespring.flannel.config.NetworkConfig;
import io.kubespring.flannel.subnet.Ipv4Range;
import io.kubespring.node.host.Inventory;
import io.kubespring.node.host.Sysctls;
import io.kubespring.node.iptables.HostIptables;
import io.kubespring.node.iptables.Iptables;
import io.kubespring.node.netlink.HostNetlink;
import io.kubespring.node.netlink.Netlink;
import io.kubespring.node.process.HostCommands;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.service.flags.FlagException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Makes the core out of the flags. */
@Configuration(proxyBeanMethods = false)
class FlannelConfiguration {

    private static final String CNI_FILE = "10-flannel.conflist";

    @Bean
    FlannelConfig flannelConfig(FlannelProperties flags, Environment environment) throws UnknownHostException {
        if (!flags.kubeSubnetMgr()) {
            throw new FlagException("subnet leases in etcd are not supported: --kube-subnet-mgr must be true");
        }
        if (!flags.publicIp().isEmpty() && !Ipv4Range.isAddress(flags.publicIp())) {
            throw new FlagException(
                    "invalid argument \"" + flags.publicIp() + "\" for \"--public-ip\": not an IPv4 address");
        }
        if (flags.iptablesResync() < 1) {
            throw new FlagException("invalid argument \"" + flags.iptablesResync()
                    + "\" for \"--iptables-resync\": must be at least 1 second");
        }
        return new FlannelConfig(
                nodeName(flags, environment),
                NetworkConfig.load(flags.netConfigPath()),
                flags.iface(),
                flags.publicIp(),
                flags.ipMasq(),
                flags.subnetFile(),
                flags.cniConfDir().isEmpty() ? Path.of("") : Path.of(flags.cniConfDir(), CNI_FILE),
                flags.cniDataDir(),
                Duration.ofSeconds(flags.iptablesResync()));
    }

    private static String nodeName(FlannelProperties flags, Environment environment) throws UnknownHostException {
        String name = flags.nodeName().isEmpty() ? environment.getProperty("NODE_NAME", "") : flags.nodeName();
        return name.isEmpty() ? InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT) : name;
    }

    /** What the kernel must do for Pods; what it did before is written down beside the subnet file. */
    @Bean
    Sysctls sysctls(FlannelProperties flags) {
        return new Sysctls(new Inventory(flags.subnetFile().resolveSibling("inventory")));
    }

    @Bean(initMethod = "start")
    Flannel flannel(
            FlannelConfig config,
            TransportSource transports,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics,
            Sysctls sysctls,
            ObjectProvider<Netlink> netlink,
            ObjectProvider<Iptables> iptables) {
        Netlink network = netlink.getIfAvailable();
        if (network == null) {
            network = new HostNetlink(HostCommands.HERE);
            sysctls.apply();
        }
        return new Flannel(
                config,
                KubeClient.over(new MeteredTransport(transports.as("system:flannel"), metrics, time), time),
                network,
                iptables.getIfAvailable(HostIptables::new),
                time,
                random,
                Executors.newVirtualThreadPerTaskExecutor(),
                metrics);
    }

    /** Ready while this node's network is as it should be and the API server answers. */
    @Bean
    HealthIndicator flannelHealthIndicator(Flannel flannel) {
        return () -> (flannel.ready() ? Health.up() : Health.outOfService())
                .withDetail("state", flannel.state())
                .build();
    }
}
