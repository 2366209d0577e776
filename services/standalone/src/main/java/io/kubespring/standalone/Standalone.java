package io.kubespring.standalone;

import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.node.host.HostException;
import io.kubespring.node.host.Inventory;
import io.kubespring.node.host.NodeAddress;
import io.kubespring.node.host.Sysctls;
import io.kubespring.node.iptables.HostIptables;
import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.service.flags.FlagException;
import io.kubespring.standalone.host.ContainerRuntime;
import io.kubespring.standalone.host.ForeignRules;
import io.kubespring.standalone.host.PodNetwork;
import io.kubespring.standalone.host.Preflight;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole cluster in this process. Started by {@code ./kubespring up}, which shows the progress written here; ends on
 * SIGTERM, leaving containers and rules as they are.
 */
public final class Standalone {

    private static final TimeSource TIME = SystemTime.instance();

    private final StandaloneFlags flags;
    private final Layout layout;
    private final Progress progress;

    private Standalone(StandaloneFlags flags) {
        this.flags = flags;
        this.layout = Layout.of(flags);
        this.progress = new Progress(layout.progress());
    }

    public static void main(String... args) {
        StandaloneFlags flags;
        try {
            flags = StandaloneFlags.parse(args);
        } catch (FlagException wrong) {
            new Progress(Layout.of(StandaloneFlags.parse(StandaloneFlags.onlyRunDir(args)))
                            .progress())
                    .say("failed: " + wrong.getMessage());
            System.exit(1);
            return;
        }
        Layout layout = Layout.of(flags);
        System.setProperty("kubespring.log", layout.log().toString());
        // Several Boot applications share this JVM; each would set logging up anew.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        new Standalone(flags).run();
    }

    private void run() {
        Logger log = LoggerFactory.getLogger(Standalone.class);
        try {
            start();
            progress.say("ready");
            new CountDownLatch(1).await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            log.error("the cluster did not start", failure);
            progress.say("failed: " + Component.rootMessage(failure));
            System.exit(1);
        }
    }

    private void start() throws InterruptedException {
        long began = TIME.nanoTime();
        InetAddress nodeIp = nodeIp();
        String nodeName = flags.nodeName().isEmpty() ? hostName() : flags.nodeName();
        Preflight.check(ports());
        var inventory = new Inventory(layout.inventory());
        ForeignRules.refuse(new HostIptables(), inventory);
        inventory.record(Inventory.Kind.NODE, nodeName, nodeIp.getHostAddress());
        var components = new Components(flags, layout, nodeIp, nodeName);
        Runtime.getRuntime().addShutdownHook(new Thread(components::close, "shutdown"));

        progress.say("certificates in " + layout.pki());
        new Identities(layout)
                .prepare(flags, nodeIp, nodeName, Addresses.first(flags.serviceClusterIpRange()), TIME.now());
        try (ExecutorService parallel = Executors.newFixedThreadPool(3)) {
            progress.say("containerd and the node's network");
            var network =
                    new PodNetwork(layout.cni().resolve("net.d"), layout.cni().resolve("networks"));
            var host = CompletableFuture.runAsync(() -> prepareHost(inventory, network), parallel);

            progress.say("API server on https://" + nodeIp.getHostAddress() + ":" + flags.securePort());
            TransportSource transports = components.startApiServer();
            KubeClient admin = KubeClient.over(transports.as("kubernetes-admin", "system:masters"), TIME);

            progress.say("controllers, scheduler, proxy, DNS");
            var control = CompletableFuture.runAsync(() -> components.startControllerManager(transports), parallel)
                    .thenRun(() -> components.startScheduler(transports));
            var addresses = CompletableFuture.runAsync(() -> components.startDns(transports), parallel)
                    .thenRun(() -> components.startProxy(transports));
            host.join();
            new NodeNetwork(network, admin, nodeName).start();
            progress.say("kubelet of node " + nodeName);
            components.startKubelet(transports);
            var readiness = new Readiness(TIME);
            readiness.awaitSystemNamespace(admin);
            new DnsService(admin).publish(flags.clusterDns(), nodeIp.getHostAddress(), nodeName, Components.DNS_PORT);
            CompletableFuture.allOf(control, addresses).join();

            progress.say("waiting for the node and for DNS");
            readiness.awaitNode(admin, nodeName);
            readiness.awaitDns(flags.clusterDns(), flags.clusterDomain());
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
        progress.say("started in " + (TIME.nanoTime() - began) / 100_000_000 / 10.0 + " s");
    }

    private void prepareHost(Inventory inventory, PodNetwork network) {
        try {
            new Sysctls(inventory).apply();
            inventory.record(Inventory.Kind.ROUTE, flags.clusterCidr(), "unreachable");
            network.guard(flags.clusterCidr());
            inventory.recordNewPaths(Path.of("/var/log/pods"), Path.of("/var/log/containers"));
            var runtime = new ContainerRuntime(
                    layout.containerd(),
                    layout.containerdRun(),
                    layout.containerdSocket(),
                    layout.cni().resolve("net.d"),
                    TIME);
            runtime.ensureRunning();
            runtime.importImages(layout.images());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("API server", flags.securePort());
        ports.put("API server's plain port", flags.insecurePort());
        ports.put("API server's health", Components.HEALTH_PORT);
        ports.put("kubelet", 10250);
        ports.put("kubelet's health", 10248);
        ports.put("kube-proxy's health", 10256);
        ports.put("controller manager", 10257);
        ports.put("scheduler", 10259);
        return ports;
    }

    private InetAddress nodeIp() {
        try {
            return flags.nodeIp().isEmpty() ? NodeAddress.find() : InetAddress.getByName(flags.nodeIp());
        } catch (UnknownHostException notAnAddress) {
            throw new HostException("invalid argument \"" + flags.nodeIp() + "\" for \"--node-ip\": not an IP address");
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException nameless) {
            throw new HostException("this machine's host name does not resolve; give one with --node-name");
        }
    }
}
