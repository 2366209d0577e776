package io.kubespring.kinds.validation.meta;

import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;

/** IP addresses and blocks of them. */
public final class Addresses {

    private Addresses() {}

    public static void ip(Field address, Errors errors) {
        if (!IpFamily.isAddress(address.text())) {
            errors.invalid(address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    /** An address that an endpoint may have: not one that means "here" or "everyone". */
    public static void endpoint(Field address, Errors errors) {
        byte[] bytes = IpFamily.parse(address.text());
        if (bytes.length == 0) {
            ip(address, errors);
            return;
        }
        try {
            var parsed = java.net.InetAddress.getByAddress(bytes);
            if (parsed.isAnyLocalAddress()) {
                errors.invalid(address, "may not be unspecified (" + address.text() + ")");
            }
            if (parsed.isLoopbackAddress()) {
                errors.invalid(address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
            }
            if (parsed.isLinkLocalAddress()) {
                errors.invalid(address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
            }
            if (parsed.isMCLinkLocal()) {
                errors.invalid(address, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
            }
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("bytes of an address", impossible);
        }
    }

    public static void cidr(Field block, Errors errors) {
        if (!isCidr(block.text())) {
            errors.invalid(block, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }

    public static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        int bits = IpFamily.parse(text.substring(0, slash)).length * 8;
        String prefix = text.substring(slash + 1);
        return bits > 0 && prefix.matches("[0-9]{1,3}") && Integer.parseInt(prefix) <= bits;
    }
}
