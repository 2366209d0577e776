package io.kubespring.node.host;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the address under which this machine is known: that of the interface the default route leaves by. */
public final class NodeAddress {

    private NodeAddress() {}

    /**
     * @throws HostException where the machine has no address but loopback
     */
    public static InetAddress find() {
        try {
            String routed = defaultInterface(Files.readAllLines(Path.of("/proc/net/route")));
            if (routed != null) {
                InetAddress address = firstAddress(NetworkInterface.getByName(routed));
                if (address != null) {
                    return address;
                }
            }
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                InetAddress address =
                        each.isUp() && !each.isLoopback() && !ours(each.getName()) ? firstAddress(each) : null;
                if (address != null) {
                    return address;
                }
            }
        } catch (IOException failure) {
            throw new HostException("cannot read this machine's addresses: " + failure.getMessage());
        }
        throw new HostException("this machine has no IPv4 address but loopback; give one with --node-ip");
    }

    static @Nullable String defaultInterface(List<String> routes) {
        for (String line : routes.subList(Math.min(1, routes.size()), routes.size())) {
            String[] columns = line.trim().split("\\s+");
            if (columns.length > 7 && columns[1].equals("00000000") && columns[7].equals("00000000")) {
                return columns[0];
            }
        }
        return null;
    }

    private static boolean ours(String name) {
        return name.startsWith("cni") || name.startsWith("veth") || name.startsWith("flannel");
    }

    private static @Nullable InetAddress firstAddress(@Nullable NetworkInterface networkInterface)
            throws SocketException {
        return networkInterface == null
                ? null
                : networkInterface
                        .inetAddresses()
                        .filter(Inet4Address.class::isInstance)
                        .filter(each -> !each.isLinkLocalAddress())
                        .findFirst()
                        .orElse(null);
    }
}
