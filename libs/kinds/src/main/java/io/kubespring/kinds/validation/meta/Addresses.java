package io.kubespring.kinds.validation.meta;

import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** IP addresses and blocks of them. */
public final class Addresses {

    private static final Pattern LEADING_ZEROS = Pattern.compile("(?=.*(^|\\.)0[0-9])[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private static final Pattern ZEROS_IN_BLOCK =
            Pattern.compile(LEADING_ZEROS.pattern() + "/[0-9]{1,3}|[0-9a-fA-F.:]+/0[0-9]{1,2}");

    private Addresses() {}

    /** Readable in one way only: no leading zeros, no IPv4 in the clothes of IPv6. */
    public static void ip(Field address, Errors errors) {
        if (LEADING_ZEROS.matcher(address.text()).matches()) {
            errors.invalid(address, "must not have leading 0s");
            return;
        }
        byte[] bytes = IpFamily.parse(address.text());
        if (bytes.length == 0) {
            errors.invalid(address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        } else if (isMapped(bytes)) {
            errors.invalid(address, "must not be an IPv4-mapped IPv6 address");
        }
    }

    /** The one spelling of an address. */
    public static void canonicalIp(Field address, Errors errors) {
        ip(address, errors);
        byte[] bytes = IpFamily.parse(address.text());
        if (bytes.length > 0 && !isMapped(bytes) && !text(bytes).equals(address.text())) {
            errors.invalid(address, "must be in canonical form (\"" + text(bytes) + "\")");
        }
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes) {
        try {
            return IpFamily.text(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("bytes of an address", impossible);
        }
    }

    /** Also good if it was there {@code before}: older servers took more spellings. */
    public static void ip(Field address, List<String> before, Errors errors) {
        if (!before.contains(address.text())) {
            ip(address, errors);
        }
    }

    /** Whether the text is an address, if only in a spelling that is not taken any more. */
    public static boolean isReadable(String address) {
        return IpFamily.isAddress(address) || LEADING_ZEROS.matcher(address).matches();
    }

    /** An address that an endpoint may have: not one that means "here" or "everyone". */
    public static void endpoint(Field address, Errors errors) {
        byte[] bytes = IpFamily.parse(address.text());
        if (bytes.length == 0) {
            if (!isReadable(address.text())) {
                errors.invalid(address, "must be a valid IP address");
            }
            return;
        }
        try {
            var parsed = InetAddress.getByAddress(bytes);
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
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("bytes of an address", impossible);
        }
    }

    /** Also good if it was there {@code before}. */
    public static void cidr(Field block, List<String> before, Errors errors) {
        if (!before.contains(block.text())) {
            cidr(block, errors);
        }
    }

    /** A block whose address is the block's first. */
    public static void cidr(Field block, Errors errors) {
        if (ZEROS_IN_BLOCK.matcher(block.text()).matches()) {
            errors.invalid(block, "must not have leading 0s in IP or prefix length");
            return;
        }
        if (!isCidr(block.text())) {
            errors.invalid(block, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            return;
        }
        if (isMapped(IpFamily.parse(block.text().substring(0, block.text().indexOf('/'))))) {
            errors.invalid(block, "must not have an IPv4-mapped IPv6 address");
        } else if (!masked(block.text()).equals(unmasked(block.text()))) {
            errors.invalid(block, "must not have bits set beyond the prefix length");
        }
    }

    /** The one spelling of a block. */
    public static void canonicalCidr(Field block, Errors errors) {
        int before = errors.list().size();
        cidr(block, errors);
        if (errors.list().size() == before && !masked(block.text()).equals(block.text())) {
            errors.invalid(block, "must be in canonical form (\"" + masked(block.text()) + "\")");
        }
    }

    private static String unmasked(String cidr) {
        int slash = cidr.indexOf('/');
        return text(IpFamily.parse(cidr.substring(0, slash))) + "/" + Integer.parseInt(cidr.substring(slash + 1));
    }

    private static String masked(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] bytes = IpFamily.parse(cidr.substring(0, slash));
        int prefix = Integer.parseInt(cidr.substring(slash + 1));
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
        return text(bytes) + "/" + prefix;
    }

    /** Whether every address of {@code inner} is one of {@code outer}, which has others too; both are blocks. */
    public static boolean isStrictSubset(String inner, String outer) {
        byte[] small = IpFamily.parse(inner.substring(0, inner.indexOf('/')));
        byte[] large = IpFamily.parse(outer.substring(0, outer.indexOf('/')));
        int bits = Integer.parseInt(outer.substring(outer.indexOf('/') + 1));
        if (small.length != large.length || bits >= Integer.parseInt(inner.substring(inner.indexOf('/') + 1))) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((small[bit / 8] ^ large[bit / 8]) & 0x80 >>> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The one spelling of a block, without the bits beyond its length. */
    public static String canonical(String cidr) {
        return masked(cidr);
    }

    /** The one spelling of an address; IPv4 in the clothes of IPv6 loses them. */
    public static String canonicalAddress(String address) {
        return text(IpFamily.parse(address));
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
