package io.kubespring.kubelet.node;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** The address by which others reach this machine: the first of the interface that has the default route. */
public final class HostAddress {

    private HostAddress() {}

    /** @return an IPv4 address; the loopback's where there is no network */
    public static String detect() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/net/route"))) {
                String[] fields = line.split("\\s+");
                if (fields.length > 2 && fields[1].equals("00000000")) {
                    var device = NetworkInterface.getByName(fields[0]);
                    String address = device == null ? "" : first(device);
                    if (!address.isEmpty()) {
                        return address;
                    }
                }
            }
            for (NetworkInterface device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (device.isUp()
                        && !device.isLoopback()
                        && !isOurs(device.getName())
                        && !first(device).isEmpty()) {
                    return first(device);
                }
            }
        } catch (IOException unreadable) {
            return "127.0.0.1";
        }
        return "127.0.0.1";
    }

    /** Bridges and pod interfaces are not how others reach the node. */
    private static boolean isOurs(String device) {
        return List.of("cni", "veth", "docker", "flannel", "kube").stream().anyMatch(device::startsWith);
    }

    private static String first(NetworkInterface device) {
        for (InetAddress address : Collections.list(device.getInetAddresses())) {
            if (address instanceof Inet4Address && !address.isLinkLocalAddress()) {
                return address.getHostAddress();
            }
        }
        return "";
    }
}
