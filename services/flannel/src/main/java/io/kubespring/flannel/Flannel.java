package io.kubespring.flannel;

import io.fabric8.kubernetes.api.model.Node;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.Manager;
import io.kubespring.client.health.ApiProbe;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Informers;
import io.kubespring.flannel.backend.Backend;
import io.kubespring.flannel.backend.HostGatewayBackend;
import io.kubespring.flannel.backend.VxlanBackend;
import io.kubespring.flannel.config.NetworkConfig;
import io.kubespring.flannel.rules.TrafficRules;
import io.kubespring.node.iptables.Iptables;
import io.kubespring.node.netlink.Netlink;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executor;

/**
 * Follows Nodes and keeps this machine's ways to their Pods. Whatever changes, one piece of work looks at everything. Nothing
 * is touched before the list of Nodes is complete: half of it would cut connections that work.
 */
public final class Flannel implements AutoCloseable {

    /** There is one network to be brought in line. */
    private static final String NETWORK = "network";

    private final Manager manager;
    private final ApiProbe probe;
    private final NodeReconciler reconciler;

    public Flannel(
            FlannelConfig config,
            KubeClient client,
            Netlink netlink,
            Iptables iptables,
            TimeSource time,
            RandomSource random,
            Executor executor,
            MeterRegistry metrics) {
        var informers = new Informers(client, executor, random);
        Informer<Node> nodes = informers.informer(Node.class);
        reconciler = new NodeReconciler(
                config,
                nodes.lister(),
                client.resources(Node.class),
                netlink,
                backend(config.network(), netlink, random),
                new TrafficRules(iptables, config.masquerade()),
                time);
        var controller = new Controller<>("flannel", 1, reconciler, executor, time, metrics);
        nodes.addHandler(EventHandler.onAny(node -> controller.queue().add(NETWORK)));
        manager = new Manager(time, executor).add(informers).add(controller);
        manager.afterSync(() -> controller.queue().add(NETWORK));
        manager.every(config.rulesPeriod(), "iptables", reconciler::ensureRules);
        probe = new ApiProbe(client);
    }

    private static Backend backend(NetworkConfig network, Netlink netlink, RandomSource random) {
        return switch (network.type()) {
            case VXLAN -> new VxlanBackend(netlink, random, network.vni(), network.port(), network.mtu());
            case HOST_GATEWAY -> new HostGatewayBackend(network.mtu());
        };
    }

    public void start() {
        probe.start();
        manager.start();
    }

    /** The network was as it should be when last looked at, and news can come. */
    public boolean ready() {
        return reconciler.ready() && probe.reachable();
    }

    /** For health details: what is wrong, or how many nodes are connected. */
    public String state() {
        return probe.reachable() ? reconciler.state() : "API server: " + probe.failure();
    }

    /** Stops following; the network stays, so connections go on. */
    @Override
    public void close() {
        probe.close();
        manager.close();
    }
}
