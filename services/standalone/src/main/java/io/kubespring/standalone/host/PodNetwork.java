package io.kubespring.standalone.host;

import io.kubespring.node.cni.BridgeNetwork;
import io.kubespring.node.host.HostException;
import io.kubespring.node.process.CommandException;
import io.kubespring.node.process.HostCommands;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Pods' network on one machine: a bridge with the node's range, as a CNI configuration for the container runtime, and
 * a route that keeps packets for Pod addresses that do not exist from leaving by the machine's uplink.
 */
public final class PodNetwork {

    private final Path confDir;
    private final Path leases;

    /** @param leases where the addresses that are in use are written down */
    public PodNetwork(Path confDir, Path leases) {
        this.confDir = confDir;
        this.leases = leases;
    }

    /** Refuses packets for Pods that are nowhere; ranges of nodes are longer prefixes and win. */
    public void guard(String clusterCidr) {
        ip("route", "replace", "unreachable", clusterCidr, "metric", "4096");
    }

    public static void unguard(String clusterCidr) {
        ip("route", "del", "unreachable", clusterCidr, "metric", "4096");
    }

    /** Writes the configuration for this node's range; the runtime notices by itself. */
    public void configure(String podCidr) throws IOException {
        new BridgeNetwork("kubespring", leases, 0, true).write(confDir.resolve("10-kubespring.conflist"), podCidr);
    }

    /** Removes a network device if it is there. */
    public static void deleteLink(String name) throws SocketException {
        // Not by /sys, which may show another network namespace than the one we are in.
        if (NetworkInterface.getByName(name) != null) {
            ip("link", "del", name);
        }
    }

    private static void ip(String... arguments) {
        try {
            HostCommands.HERE.run(command(arguments), "");
        } catch (CommandException refused) {
            if (!arguments[1].startsWith("del")) {
                throw new HostException(String.valueOf(refused.getMessage()));
            }
        } catch (IOException missing) {
            throw new HostException("ip: " + missing.getMessage());
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        return command;
    }
}
