package io.kubespring.apiserver.shell;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * One watch as a client reads it. Events are recognised by {@code "seq":"N"}, the last field of their object; that they
 * come complete and in order, beginning with 1, is checked as they come.
 */
final class SequenceReader {

    private static final String MARK = "\"seq\":\"";
    private static final byte LINE_END = '\n';
    private static final int TAIL = 64;

    private final LongConsumer received;
    private final ByteArrayOutputStream tail = new ByteArrayOutputStream(2 * TAIL);
    private volatile boolean connected;
    private volatile boolean ended;
    private volatile long last;
    private volatile String disorder = "";

    /** @param received called with each number */
    SequenceReader(LongConsumer received) {
        this.received = received;
    }

    /** The highest number that came, all before it included. */
    long last() {
        return last;
    }

    /** What was wrong with the order; empty if nothing was. */
    String disorder() {
        return disorder;
    }

    void connect() {
        connected = true;
    }

    boolean connected() {
        return connected;
    }

    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    void read(String text) {
        read(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Most of an event is not looked at: its number is near its end. */
    void read(ByteBuf piece) {
        while (piece.isReadable()) {
            int line = piece.bytesBefore(LINE_END);
            int length = line < 0 ? piece.readableBytes() : line;
            keepTail(piece, length);
            if (line >= 0) {
                piece.skipBytes(1);
                next(tail.toString(StandardCharsets.ISO_8859_1));
                tail.reset();
            }
        }
    }

    private void keepTail(ByteBuf piece, int length) {
        if (length >= TAIL) {
            tail.reset();
            piece.skipBytes(length - TAIL);
        }
        int kept = Math.min(length, TAIL);
        for (int i = 0; i < kept; i++) {
            tail.write(piece.readByte());
        }
    }

    private void next(String end) {
        int mark = end.lastIndexOf(MARK);
        if (mark < 0) {
            return; // the size of a chunk
        }
        long number = Long.parseLong(end.substring(mark + MARK.length(), end.indexOf('"', mark + MARK.length())));
        if (number != last + 1) {
            disorder = number + " after " + last;
        }
        last = number;
        received.accept(number);
    }
}
