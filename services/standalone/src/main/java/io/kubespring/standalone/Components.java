package io.kubespring.standalone;

import io.kubespring.apiserver.shell.ApiServerApplication;
import io.kubespring.controllers.shell.ControllerManagerApplication;
import io.kubespring.dns.shell.DnsApplication;
import io.kubespring.kubelet.shell.KubeletApplication;
import io.kubespring.proxy.shell.ProxyApplication;
import io.kubespring.scheduler.shell.SchedulerApplication;
import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.TransportSource;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The components of the cluster, each a Boot application of its own with its own ports; closed in the opposite order. All
 * but the API server reach it within the process, each as its own user.
 */
final class Components implements AutoCloseable {

    /** Where DNS listens on the node; Pods come to it through the address of its Service. */
    static final int DNS_PORT = 10053;

    /** The API server's Actuator, on loopback. */
    static final int HEALTH_PORT = 6444;

    private static final Logger LOG = LoggerFactory.getLogger(Components.class);

    private final StandaloneFlags flags;
    private final Layout layout;
    private final InetAddress nodeIp;
    private final String nodeName;
    private final Deque<ConfigurableApplicationContext> started = new ArrayDeque<>();

    Components(StandaloneFlags flags, Layout layout, InetAddress nodeIp, String nodeName) {
        this.flags = flags;
        this.layout = layout;
        this.nodeIp = nodeIp;
        this.nodeName = nodeName;
    }

    /** @return the way into the API server for everyone else in this process */
    TransportSource startApiServer() {
        var identities = new Identities(layout);
        Map<String, Object> settings = new HashMap<>();
        settings.put("secure-port", flags.securePort());
        settings.put("insecure-port", flags.insecurePort());
        settings.put("management.server.port", HEALTH_PORT);
        settings.put("advertise-address", nodeIp.getHostAddress());
        settings.put("tls-cert-file", identities.file("apiserver.crt"));
        settings.put("tls-private-key-file", identities.file("apiserver.key"));
        settings.put("client-ca-file", identities.file("ca.crt"));
        settings.put("requestheader-client-ca-file", identities.file("front-proxy-ca.crt"));
        settings.put("service-account-key-file", identities.file("sa.pub"));
        settings.put("service-account-signing-key-file", identities.file("sa.key"));
        settings.put("service-account-issuer", "https://kubernetes.default.svc." + flags.clusterDomain());
        settings.put("service-cluster-ip-range", flags.serviceClusterIpRange());
        settings.put("storage-file", layout.store().toString());
        settings.putAll(flags.etcd());
        settings.put("kubelet-client-certificate", identities.file("apiserver-kubelet-client.crt"));
        settings.put("kubelet-client-key", identities.file("apiserver-kubelet-client.key"));
        settings.put("kubelet-certificate-authority", identities.file("ca.crt"));
        return start(ApiServerApplication.COMPONENT, settings, Map.of()).getBean(TransportSource.class);
    }

    void startControllerManager(TransportSource transports) {
        start(
                ControllerManagerApplication.COMPONENT,
                Map.of(
                        "cluster-cidr",
                        flags.clusterCidr(),
                        "allocate-node-cidrs",
                        true,
                        "root-ca-file",
                        layout.pki().resolve("ca.crt").toString(),
                        "leader-elect",
                        false,
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        10257),
                Map.of("transportSource", transports));
    }

    void startScheduler(TransportSource transports) {
        start(
                SchedulerApplication.COMPONENT,
                Map.of("leader-elect", false, "server.address", "127.0.0.1", "server.port", 10259),
                Map.of("transportSource", transports));
    }

    void startProxy(TransportSource transports) {
        start(
                ProxyApplication.COMPONENT,
                Map.of(
                        "hostname-override",
                        nodeName,
                        "cluster-cidr",
                        flags.clusterCidr(),
                        "service-cluster-ip-range",
                        flags.serviceClusterIpRange(),
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        10256),
                Map.of("transportSource", transports));
    }

    void startDns(TransportSource transports) {
        start(
                DnsApplication.COMPONENT,
                Map.of(
                        "bind-address",
                        nodeIp.getHostAddress(),
                        "port",
                        DNS_PORT,
                        "cluster-domain",
                        flags.clusterDomain(),
                        "resolv-conf",
                        flags.resolvConf().toString(),
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        9153),
                Map.of("transportSource", transports));
    }

    void startKubelet(TransportSource transports) {
        var identities = new Identities(layout);
        Map<String, Object> settings = new HashMap<>();
        settings.put("hostname-override", nodeName);
        settings.put("node-ip", nodeIp.getHostAddress());
        settings.put("container-runtime-endpoint", "unix://" + layout.containerdSocket());
        settings.put("root-dir", layout.kubelet().toString());
        settings.put("cluster-dns", flags.clusterDns());
        settings.put("cluster-domain", flags.clusterDomain());
        settings.put("resolv-conf", flags.resolvConf().toString());
        settings.put("tls-cert-file", identities.file("kubelet.crt"));
        settings.put("tls-private-key-file", identities.file("kubelet.key"));
        settings.put("client-ca-file", identities.file("ca.crt"));
        start(KubeletApplication.COMPONENT, settings, Map.of("transportSource", transports));
    }

    private ConfigurableApplicationContext start(
            Component component, Map<String, Object> settings, Map<String, Object> shared) {
        Map<String, Object> all = new HashMap<>(settings);
        // Metrics and Actuator of this process listen on loopback without TLS: whoever is on this machine may see them.
        all.put("authorization-always-allow-paths", "/*");
        ConfigurableApplicationContext context = component.start(all, shared);
        synchronized (started) {
            started.push(context);
        }
        LOG.info("{} started", component.name());
        return context;
    }

    @Override
    public void close() {
        synchronized (started) {
            while (!started.isEmpty()) {
                started.pop().close();
            }
        }
    }
}
