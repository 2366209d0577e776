package io.kubespring.dns.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one question of a query.
 *
 * @param name as asked, absolute, with its final dot; the case is the client's
 * @param end where the question ends in the message
 * @param maxPayload bytes that the client takes over UDP
 * @param edns whether the client sent an OPT record, and so expects one
 */
public record Query(int id, int flags, String name, int type, int dnsClass, int end, int maxPayload, boolean edns) {

    /** RFC 1035: a name has at most 255 bytes. */
    private static final int MAX_NAME = 255;

    private static final int HEADER = 12;
    private static final int TYPE_OPT = 41;
    private static final int CLASSIC_PAYLOAD = 512;
    /** Avoids fragments, as the DNS flag day of 2020 advises. */
    private static final int LARGEST_PAYLOAD = 1232;

    public boolean recursionDesired() {
        return (flags & 0x0100) != 0;
    }

    public int opcode() {
        return flags >> 11 & 0xf;
    }

    public String lowerCaseName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Reads a message without moving its reader index; null where it is no query with exactly one question. */
    public static @Nullable Query parse(ByteBuf message) {
        int start = message.readerIndex();
        int limit = message.writerIndex();
        if (limit - start < HEADER) {
            return null;
        }
        int flags = message.getUnsignedShort(start + 2);
        if ((flags & 0x8000) != 0 || message.getUnsignedShort(start + 4) != 1) {
            return null;
        }
        var name = new StringBuilder(64);
        int at = start + HEADER;
        while (true) {
            if (at >= limit) {
                return null;
            }
            int length = message.getUnsignedByte(at++);
            if (length == 0) {
                break;
            }
            // A pointer has nothing to point to in a first name.
            if (length > 63 || at + length > limit || name.length() + length + 1 > MAX_NAME) {
                return null;
            }
            name.append(message.toString(at, length, StandardCharsets.ISO_8859_1))
                    .append('.');
            at += length;
        }
        if (at + 4 > limit) {
            return null;
        }
        int end = at + 4;
        boolean edns = message.getUnsignedShort(start + 10) > 0
                && end + 11 <= limit
                && message.getByte(end) == 0
                && message.getUnsignedShort(end + 1) == TYPE_OPT;
        int payload = edns
                ? Math.clamp(message.getUnsignedShort(end + 3), CLASSIC_PAYLOAD, LARGEST_PAYLOAD)
                : CLASSIC_PAYLOAD;
        return new Query(
                message.getUnsignedShort(start),
                flags,
                name.isEmpty() ? "." : name.toString(),
                message.getUnsignedShort(at),
                message.getUnsignedShort(at + 2),
                end - start,
                payload,
                edns);
    }
}
