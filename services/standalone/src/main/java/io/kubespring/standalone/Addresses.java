package io.kubespring.standalone;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Arithmetic on IPv4 ranges. */
final class Addresses {

    private Addresses() {}

    /** The first usable address of a range: 10.96.0.1 of 10.96.0.0/12. */
    static String first(String cidr) {
        try {
            byte[] base =
                    InetAddress.getByName(cidr.substring(0, cidr.indexOf('/'))).getAddress();
            base[3]++;
            return InetAddress.getByAddress(base).getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException("not an IPv4 CIDR: " + cidr, notAnAddress);
        }
    }
}
