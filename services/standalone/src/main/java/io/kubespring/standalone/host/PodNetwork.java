package io.kubespring.standalone.host;

import io.kubespring.api.json.Json;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Pods' network on one machine: a bridge with the node's range, as a CNI configuration for the container runtime, and
 * a route that keeps packets for Pod addresses that do not exist from leaving by the machine's uplink.
 */
public final class PodNetwork {

    /** The bridge, named as flannel's. */
    public static final String BRIDGE = "cni0";

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
        var conflist = Json.object().put("cniVersion", "0.4.0").put("name", "kubespring");
        var plugins = conflist.putArray("plugins");
        var bridge = plugins.addObject()
                .put("type", "bridge")
                .put("bridge", BRIDGE)
                .put("isGateway", true)
                .put("ipMasq", true)
                .put("hairpinMode", true);
        var ipam = bridge.putObject("ipam").put("type", "host-local").put("dataDir", leases.toString());
        ipam.putArray("ranges").addArray().addObject().put("subnet", podCidr);
        ipam.putArray("routes").addObject().put("dst", "0.0.0.0/0");
        plugins.addObject().put("type", "portmap").putObject("capabilities").put("portMappings", true);

        byte[] next = Json.write(conflist);
        Path file = confDir.resolve("10-kubespring.conflist");
        if (Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), next)) {
            return;
        }
        Files.createDirectories(confDir);
        Path draft = confDir.resolve(".10-kubespring.new");
        Files.write(draft, next);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a network device if it is there. */
    public static void deleteLink(String name) throws SocketException {
        // Not by /sys, which may show another network namespace than the one we are in.
        if (NetworkInterface.getByName(name) != null) {
            ip("link", "del", name);
        }
    }

    private static void ip(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0 && !arguments[1].startsWith("del")) {
                throw new HostException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (IOException missing) {
            throw new HostException(String.join(" ", command) + ": " + missing.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
