package io.kubespring.flannel;

import io.fabric8.kubernetes.api.model.Node;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import io.kubespring.client.informer.Lister;
import io.kubespring.flannel.backend.Backend;
import io.kubespring.flannel.backend.Underlay;
import io.kubespring.flannel.rules.TrafficRules;
import io.kubespring.flannel.subnet.Annotations;
import io.kubespring.flannel.subnet.Ipv4Range;
import io.kubespring.flannel.subnet.NodePatches;
import io.kubespring.flannel.subnet.Peer;
import io.kubespring.flannel.subnet.Peers;
import io.kubespring.node.cni.BridgeNetwork;
import io.kubespring.node.cni.WholeFile;
import io.kubespring.node.netlink.Netlink;
import io.kubespring.node.netlink.OverlayState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings this machine's network in line with the Nodes: device, what this node says of itself, rules, ways to the others, and
 * last the files by which Pods are attached, so that no Pod comes before its network. It looks at everything every time; in a
 * network that is as it should be it changes nothing.
 */
final class NodeReconciler implements Reconciler<String> {

    private static final Logger LOG = LoggerFactory.getLogger(NodeReconciler.class);
    /** After which the kernel is looked at again though no Node changed: somebody may have removed a route. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final FlannelConfig config;
    private final Lister<Node> nodes;
    private final Resources<Node> api;
    private final Netlink netlink;
    private final Backend backend;
    private final TrafficRules rules;
    private final TimeSource time;
    private volatile @Nullable Ipv4Range subnet;
    private volatile String state = "waiting for the list of nodes";
    private volatile boolean ready;

    NodeReconciler(
            FlannelConfig config,
            Lister<Node> nodes,
            Resources<Node> api,
            Netlink netlink,
            Backend backend,
            TrafficRules rules,
            TimeSource time) {
        this.config = config;
        this.nodes = nodes;
        this.api = api;
        this.netlink = netlink;
        this.backend = backend;
        this.rules = rules;
        this.time = time;
    }

    /** Whether the last look left everything as it should be. */
    boolean ready() {
        return ready;
    }

    /** What was achieved, or what is in the way. */
    String state() {
        return state;
    }

    @Override
    public Result reconcile(String any) {
        Node node = nodes.get("", config.node());
        Ipv4Range own = node == null ? null : Peer.subnet(node);
        if (node == null || own == null) {
            waiting(node == null ? "waiting for node " + config.node() : "waiting for the node's podCIDR");
            return Result.DONE;
        }
        if (!config.network().network().contains(own)) {
            waiting("the node's range " + own + " is outside the network "
                    + config.network().network());
            return Result.DONE;
        }
        try {
            bringUp(node, own);
            return Result.after(LOOK_AGAIN);
        } catch (IOException failure) {
            ready = false;
            state = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
            throw new UncheckedIOException(state, failure);
        } catch (RuntimeException failure) {
            ready = false;
            state = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
            throw failure;
        }
    }

    private void waiting(String why) {
        if (!why.equals(state)) {
            LOG.info("{}", why);
        }
        ready = false;
        state = why;
    }

    private void bringUp(Node node, Ipv4Range own) throws IOException {
        Underlay underlay = Underlay.find(netlink, config.iface());
        String former = Peer.annotations(node).getOrDefault(Annotations.BACKEND_DATA, "null");
        String data = backend.prepare(underlay, former);
        subnet = own;
        rules.ensure(config.network().network(), own);
        connect(underlay, own);
        announce(node, underlay, data);
        writeFiles(own, underlay);
        ObjectNode available = NodePatches.available(node, time.now());
        if (available != null) {
            Await.done(api.patchStatus(config.node(), PatchType.STRATEGIC, available));
        }
        ready = true;
    }

    private void connect(Underlay underlay, Ipv4Range own) throws IOException {
        List<Peer> peers = Peers.of(
                nodes.list(),
                config.node(),
                own,
                config.network().network(),
                config.network().type().text());
        OverlayState.Commands commands =
                netlink.overlay(backend.device()).commandsTo(backend.wanted(underlay, own, peers));
        if (!commands.isEmpty()) {
            LOG.info(
                    "ways to other nodes: {} of device, {} forwarding, {} routes changed",
                    commands.entries().size(),
                    commands.forwarding().size(),
                    commands.routes().size());
            netlink.apply(commands);
        }
        state = peers.size() + " other nodes";
    }

    private void announce(Node node, Underlay underlay, String data) {
        String publicIp = config.publicIp().isEmpty() ? underlay.address() : config.publicIp();
        String overwrite = Peer.annotations(node).getOrDefault(Annotations.PUBLIC_IP_OVERWRITE, "");
        ObjectNode patch = NodePatches.annotations(
                node, config.network().type().text(), data, overwrite.isEmpty() ? publicIp : overwrite);
        if (patch != null) {
            Await.done(api.patch(config.node(), PatchType.MERGE, patch));
        }
    }

    private void writeFiles(Ipv4Range own, Underlay underlay) throws IOException {
        int mtu = backend.mtu(underlay);
        String text = "FLANNEL_NETWORK=" + config.network().network() + "\nFLANNEL_SUBNET=" + own.address(1) + "/"
                + own.prefixLength() + "\nFLANNEL_MTU=" + mtu + "\nFLANNEL_IPMASQ=" + config.masquerade() + "\n";
        WholeFile.write(config.subnetFile(), text.getBytes(StandardCharsets.US_ASCII));
        if (!config.cniFile().toString().isEmpty()) {
            new BridgeNetwork("cbr0", config.leases(), mtu, !config.masquerade())
                    .write(config.cniFile(), own.toString());
        }
    }

    /** Looks at the rules alone, which others flush more often than routes. */
    void ensureRules() {
        Ipv4Range own = subnet;
        if (own == null) {
            return;
        }
        try {
            rules.ensure(config.network().network(), own);
        } catch (IOException failure) {
            throw new UncheckedIOException("rules not written: " + failure.getMessage(), failure);
        }
    }
}
