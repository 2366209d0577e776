package io.kubespring.proxy.iptables;

import io.kubespring.proxy.model.ServicePort;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Names of the chains of a service port: a prefix that tells the purpose, and a hash that fits iptables' 28 characters. */
final class ChainNames {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int LENGTH = 16;

    private ChainNames() {}

    /** Backends everywhere. */
    static String cluster(ServicePort port) {
        return "KUBE-SVC-" + hash(port.name() + port.protocol());
    }

    /** Backends on this node. */
    static String local(ServicePort port) {
        return "KUBE-SVL-" + hash(port.name() + port.protocol());
    }

    /** Traffic from outside. */
    static String external(ServicePort port) {
        return "KUBE-EXT-" + hash(port.name() + port.protocol());
    }

    /** Traffic to a load balancer's addresses, where only some clients may use them. */
    static String firewall(ServicePort port) {
        return "KUBE-FW-" + hash(port.name() + port.protocol());
    }

    /** One backend. */
    static String endpoint(ServicePort port, String address) {
        return "KUBE-SEP-" + hash(port.name() + port.protocol() + address);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            var name = new StringBuilder(LENGTH);
            for (int bit = 0; name.length() < LENGTH; bit += 5) {
                int window = (digest[bit / 8] & 0xff) << 8 | digest[bit / 8 + 1] & 0xff;
                name.append(BASE32.charAt(window >> 11 - bit % 8 & 31));
            }
            return name.toString();
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
