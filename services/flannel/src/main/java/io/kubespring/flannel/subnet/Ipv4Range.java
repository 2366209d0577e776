package io.kubespring.flannel.subnet;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IPv4 addresses. Made of what other nodes say, so nothing but a range ever gets through: commands are built of it.
 *
 * @param first the lowest address; no bit beyond the prefix is set
 */
public record Ipv4Range(int first, int prefixLength) {

    private static final Pattern ADDRESS = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    /** "10.244.1.0/24" or null where the text is none. */
    public static @Nullable Ipv4Range parse(@Nullable String text) {
        int slash = text == null ? -1 : text.indexOf('/');
        if (text == null || slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
            return null;
        }
        int length = Integer.parseInt(text.substring(slash + 1));
        if (length > 32 || !isAddress(text.substring(0, slash))) {
            return null;
        }
        return new Ipv4Range(number(text.substring(0, slash)) & mask(length), length);
    }

    /** Whether it is an IPv4 address in dotted decimal. */
    public static boolean isAddress(@Nullable String text) {
        if (text == null || !ADDRESS.matcher(text).matches()) {
            return false;
        }
        for (String part : text.split("\\.")) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static int number(String address) {
        int number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << 32 - length;
    }

    /** The address of that place in the range, 0 for the range's own. */
    public String address(int place) {
        int number = first + place;
        return (number >>> 24) + "." + (number >>> 16 & 255) + "." + (number >>> 8 & 255) + "." + (number & 255);
    }

    public boolean contains(Ipv4Range other) {
        return other.prefixLength >= prefixLength && (other.first & mask(prefixLength)) == first;
    }

    @Override
    public String toString() {
        return address(0) + "/" + prefixLength;
    }
}
