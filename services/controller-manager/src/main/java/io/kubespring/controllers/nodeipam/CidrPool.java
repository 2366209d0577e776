package io.kubespring.controllers.nodeipam;

import java.net.InetAddress;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Equal IPv4 ranges cut out of a larger one, handed out round robin so that a freed range rests before it is used again. */
final class CidrPool {

    private final int base;
    private final int maskSize;
    private final int count;
    private final BitSet used = new BitSet();
    private int next;

    /**
     * @param cidr "10.244.0.0/16"
     * @param maskSize of the parts: 24
     */
    CidrPool(String cidr, int maskSize) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || cidr.contains(":")) {
            throw new IllegalArgumentException("cluster-cidr " + cidr + " is no IPv4 range");
        }
        int clusterMask = Integer.parseInt(cidr.substring(slash + 1));
        if (maskSize < clusterMask || maskSize > 30 || maskSize - clusterMask > 16) {
            throw new IllegalArgumentException(
                    "node-cidr-mask-size " + maskSize + " does not fit into cluster-cidr " + cidr);
        }
        this.maskSize = maskSize;
        this.base = parse(cidr.substring(0, slash)) & (clusterMask == 0 ? 0 : -1 << (32 - clusterMask));
        this.count = 1 << (maskSize - clusterMask);
    }

    /** A range that is not in use, or null where all are. */
    @Nullable
    String take() {
        int index = used.nextClearBit(next);
        if (index >= count) {
            index = used.nextClearBit(0);
        }
        if (index >= count) {
            return null;
        }
        used.set(index);
        next = (index + 1) % count;
        return format(base + (index << (32 - maskSize))) + "/" + maskSize;
    }

    /** A range outside the pool is ignored. */
    void occupy(String cidr) {
        int index = index(cidr);
        if (index >= 0) {
            used.set(index);
        }
    }

    void release(String cidr) {
        int index = index(cidr);
        if (index >= 0) {
            used.clear(index);
        }
    }

    private int index(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || cidr.contains(":") || !cidr.substring(slash + 1).equals(Integer.toString(maskSize))) {
            return -1;
        }
        int index = (parse(cidr.substring(0, slash)) - base) >> (32 - maskSize);
        return index < count ? index : -1;
    }

    private static int parse(String address) {
        try {
            int value = 0;
            for (byte each : InetAddress.ofLiteral(address).getAddress()) {
                value = value << 8 | each & 0xFF;
            }
            return value;
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("not an address: " + address, malformed);
        }
    }

    private static String format(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xFF) + "." + (address >>> 8 & 0xFF) + "." + (address & 0xFF);
    }
}
