package io.kubespring.kinds.service;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IPv4 or IPv6, as Services name them; reads and writes literal addresses without ever asking a resolver. */
public enum IpFamily {
    IPV4("IPv4"),
    IPV6("IPv6");

    private static final byte[] NONE = {};
    private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F:]+(\\.[0-9.]+)?");

    private final String text;

    IpFamily(String text) {
        this.text = text;
    }

    /** As it stands in {@code spec.ipFamilies}. */
    public String text() {
        return text;
    }

    public IpFamily other() {
        return this == IPV4 ? IPV6 : IPV4;
    }

    /** The family of a literal address. */
    public static IpFamily of(String address) {
        return address.contains(":") ? IPV6 : IPV4;
    }

    /** Four or sixteen bytes; none where {@code address} is no literal address. Leading zeros are refused. */
    public static byte[] parse(String address) {
        boolean literal = address.contains(":")
                ? HEXADECIMAL.matcher(address).matches()
                : DECIMAL.matcher(address).matches();
        if (!literal) {
            return NONE;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return address.contains(":") && bytes.length == 4 ? mapped(bytes) : bytes;
        } catch (UnknownHostException notAnAddress) {
            return NONE;
        }
    }

    public static boolean isAddress(String text) {
        return parse(text).length > 0;
    }

    /** The canonical form: IPv6 in lower case with its longest run of zeros left out (RFC 5952). */
    public static String text(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static byte[] mapped(byte[] four) {
        byte[] sixteen = new byte[16];
        sixteen[10] = (byte) 0xFF;
        sixteen[11] = (byte) 0xFF;
        System.arraycopy(four, 0, sixteen, 12, 4);
        return sixteen;
    }
}
