package io.kubespring.dns.zone;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/** IP addresses as bytes, as text with dashes, and as reverse-lookup names. */
final class Addresses {

    private static final String IPV4_REVERSE = ".in-addr.arpa.";

    private Addresses() {}

    /** Four or sixteen bytes, or null where the text is no address. */
    static byte @Nullable [] parse(String text) {
        return NetUtil.createByteArrayFromIpAddressString(text);
    }

    /** "10-244-0-5", the form a pod's or endpoint's name has. */
    static String dashed(String text) {
        return text.replace('.', '-').replace(':', '-');
    }

    /** The address behind "10-244-0-5", or null. */
    static byte @Nullable [] undashed(String label) {
        byte[] four = parse(label.replace('-', '.'));
        return four != null ? four : parse(label.replace('-', ':'));
    }

    /** "5.0.244.10.in-addr.arpa." for IPv4; IPv6 by nibbles. */
    static String reverse(byte[] address) {
        var name = new StringBuilder();
        if (address.length == 4) {
            for (int i = 3; i >= 0; i--) {
                name.append(address[i] & 0xff).append(i > 0 ? "." : IPV4_REVERSE);
            }
            return name.toString();
        }
        for (int i = address.length - 1; i >= 0; i--) {
            name.append(Character.forDigit(address[i] & 0xf, 16)).append('.');
            name.append(Character.forDigit(address[i] >> 4 & 0xf, 16)).append('.');
        }
        return name.append("ip6.arpa.").toString();
    }
}
