package io.kubespring.kinds.service;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses (CIDR), each known by its distance from the first. Blocks larger than 2^32 are used up to there.
 * In IPv4 the last address is the broadcast address and never given away, nor is the first of either family.
 *
 * <p>As upstream (KEP-3070), a lower band is left to addresses that users choose: a sixteenth of the block, at least 16
 * and at most 256 addresses.
 */
public final class AddressRange {

    private static final int LARGEST_BITS = 32;

    private final BigInteger first;
    private final int byteLength;
    private final String text;
    private final long size;
    private final int hostBits;

    private AddressRange(byte[] base, int prefix) {
        byteLength = base.length;
        hostBits = base.length * 8 - prefix;
        first = new BigInteger(1, base).shiftRight(hostBits).shiftLeft(hostBits);
        size = 1L << Math.min(hostBits, LARGEST_BITS);
        text = text(first) + "/" + prefix;
    }

    /** @throws IllegalArgumentException where it is not a CIDR with room for addresses */
    public static AddressRange parse(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a CIDR: " + cidr);
        }
        byte[] base = IpFamily.parse(cidr.substring(0, slash));
        int prefix = Integer.parseInt(cidr.substring(slash + 1));
        if (base.length == 0 || prefix < 1 || prefix > base.length * 8 - 2) {
            throw new IllegalArgumentException("not a CIDR with room for addresses: " + cidr);
        }
        return new AddressRange(base, prefix);
    }

    public IpFamily family() {
        return byteLength == 4 ? IpFamily.IPV4 : IpFamily.IPV6;
    }

    /** The distance of the lowest address that may be given away. */
    public long firstUsable() {
        return 1;
    }

    /** The distance of the highest address that may be given away. */
    public long lastUsable() {
        return family() == IpFamily.IPV4 ? size - 2 : size - 1;
    }

    /** The distance of the lowest address that automatic allocation prefers. */
    public long dynamicStart() {
        long band = size < 16 ? 0 : Math.clamp(size / 16, 16L, 256L);
        return firstUsable() + Math.min(band, lastUsable() - firstUsable());
    }

    /** Whether the address lies in the block, given away or not. */
    public boolean contains(String address) {
        byte[] bytes = IpFamily.parse(address);
        return bytes.length == byteLength
                && new BigInteger(1, bytes).shiftRight(hostBits).equals(first.shiftRight(hostBits));
    }

    /** Whether all of {@code other} lies in this block. */
    public boolean contains(AddressRange other) {
        return other.byteLength == byteLength
                && other.hostBits <= hostBits
                && other.first.shiftRight(hostBits).equals(first.shiftRight(hostBits));
    }

    /** How many addresses may be given away. */
    public long usable() {
        return lastUsable() - firstUsable() + 1;
    }

    /** The distance of an address from the first, or −1 if it may not be given away from here. */
    public long offsetOf(String address) {
        byte[] bytes = IpFamily.parse(address);
        if (bytes.length != byteLength) {
            return -1;
        }
        BigInteger distance = new BigInteger(1, bytes).subtract(first);
        boolean usable = distance.signum() > 0 && distance.compareTo(BigInteger.valueOf(lastUsable())) <= 0;
        return usable ? distance.longValue() : -1;
    }

    public String addressAt(long offset) {
        return text(first.add(BigInteger.valueOf(offset)));
    }

    private String text(BigInteger address) {
        byte[] raw = address.toByteArray();
        byte[] bytes = new byte[byteLength];
        int length = Math.min(raw.length, byteLength);
        System.arraycopy(raw, raw.length - length, bytes, byteLength - length, length);
        try {
            return IpFamily.text(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("address of " + Arrays.toString(bytes), impossible);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressRange that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
