package io.kubespring.apiserver.bootstrap;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * How this API server is reached from inside the cluster.
 *
 * @param advertiseAddress an IP address
 * @param serviceRange CIDR of cluster IPs ({@code --service-cluster-ip-range}); the first of several counts
 */
public record ClusterNetwork(String advertiseAddress, int securePort, String serviceRange) {

    boolean isLoopback() {
        return InetAddress.ofLiteral(advertiseAddress).isLoopbackAddress();
    }

    /** The first usable address of the service range. */
    public String kubernetesServiceIp() {
        String range = serviceRange.split(",")[0].strip();
        int slash = range.indexOf('/');
        try {
            if (slash < 0) {
                throw new UnknownHostException(range);
            }
            byte[] address = InetAddress.ofLiteral(range.substring(0, slash)).getAddress();
            int prefix = Integer.parseInt(range.substring(slash + 1));
            int bits = address.length * 8;
            BigInteger base = new BigInteger(1, address)
                    .shiftRight(bits - prefix)
                    .shiftLeft(bits - prefix)
                    .add(BigInteger.ONE);
            byte[] raw = base.toByteArray();
            byte[] first = new byte[address.length];
            int length = Math.min(raw.length, first.length);
            System.arraycopy(raw, raw.length - length, first, first.length - length, length);
            return InetAddress.getByAddress(first).getHostAddress();
        } catch (UnknownHostException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "--service-cluster-ip-range: not a CIDR: \"" + serviceRange + "\"", malformed);
        }
    }
}
