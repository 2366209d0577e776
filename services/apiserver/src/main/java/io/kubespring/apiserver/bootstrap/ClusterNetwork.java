package io.kubespring.apiserver.bootstrap;

import io.kubespring.kinds.service.AddressRange;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * How this API server is reached from inside the cluster.
 *
 * @param advertiseAddress an IP address
 * @param serviceRange CIDR of cluster IPs ({@code --service-cluster-ip-range}), or one of each family with a comma between
 * @param hostname of the machine, which names the server's identity Lease
 * @param keepsEndpoints whether this server keeps itself among the endpoints of {@code default/kubernetes}
 */
public record ClusterNetwork(
        String advertiseAddress, int securePort, String serviceRange, String hostname, boolean keepsEndpoints) {

    /** A server that keeps the endpoints, on a host without a name of its own. */
    public ClusterNetwork(String advertiseAddress, int securePort, String serviceRange) {
        this(advertiseAddress, securePort, serviceRange, "localhost", true);
    }

    boolean isLoopback() {
        return InetAddress.ofLiteral(advertiseAddress).isLoopbackAddress();
    }

    /** The first usable address of the service range. */
    public String kubernetesServiceIp() {
        String range = serviceRanges().getFirst();
        try {
            AddressRange block = AddressRange.parse(range);
            return block.addressAt(block.firstUsable());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "--service-cluster-ip-range: not a CIDR: \"" + serviceRange + "\"", malformed);
        }
    }

    /** One block, or one of each family. */
    List<String> serviceRanges() {
        return Arrays.stream(serviceRange.split(",")).map(String::strip).toList();
    }
}
