package io.kubespring.dns.wire;

import io.kubespring.dns.zone.Answer;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a response behind a copy of its question. An answer that does not fit is cut at a whole record and marked
 * truncated, so that the client asks again over TCP.
 */
public final class ResponseWriter {

    /** RCODEs of RFC 1035. */
    public enum Code {
        NO_ERROR(0),
        FORMAT_ERROR(1),
        SERVER_FAILURE(2),
        NAME_ERROR(3),
        NOT_IMPLEMENTED(4),
        REFUSED(5);

        private final int value;

        Code(int value) {
            this.value = value;
        }

        /** Codes that we have no name for count as a failure of the server. */
        public static Code of(int value) {
            for (Code each : values()) {
                if (each.value == value) {
                    return each;
                }
            }
            return SERVER_FAILURE;
        }
    }

    private static final int QUESTION_NAME = 0xC00C;
    private static final int CLASS_IN = 1;
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_AVAILABLE = 0x0080;
    private static final int OPT_SIZE = 11;

    private final int timeToLive;
    private final String origin;

    /**
     * @param timeToLive seconds that clients may keep an answer
     * @param origin the zone, absolute
     */
    public ResponseWriter(int timeToLive, String origin) {
        this.timeToLive = timeToLive;
        this.origin = origin;
    }

    /** @param maxBytes what the transport carries: the query's payload over UDP, 65,535 over TCP */
    public void write(Query query, ByteBuf message, Answer answer, ByteBuf out, int maxBytes) {
        Code code = answer.found() ? Code.NO_ERROR : Code.NAME_ERROR;
        int start = begin(query, message, out, code, AUTHORITATIVE);
        int room = start + maxBytes - (query.edns() ? OPT_SIZE : 0);
        int answers = records(query, answer.records(), out, room);
        boolean truncated = answers < answer.records().size();
        int authority = 0;
        if (answer.records().isEmpty()) {
            startOfAuthority(out);
            authority = 1;
        }
        int additional = truncated ? 0 : records(query, answer.additional(), out, room);
        out.setShort(start + 6, answers);
        out.setShort(start + 8, authority);
        end(query, out, start, additional);
        if (truncated) {
            out.setShort(start + 2, out.getUnsignedShort(start + 2) | TRUNCATED);
        }
    }

    /** Writes a response without records. */
    public void writeError(Query query, ByteBuf message, Code code, ByteBuf out) {
        end(query, out, begin(query, message, out, code, 0), 0);
    }

    private static int begin(Query query, ByteBuf message, ByteBuf out, Code code, int flags) {
        int start = out.writerIndex();
        int copied = query.flags() & 0x7900;
        out.writeShort(query.id()).writeShort(RESPONSE | copied | flags | RECURSION_AVAILABLE | code.value);
        out.writeShort(1).writeShort(0).writeShort(0).writeShort(0);
        out.writeBytes(message, message.readerIndex() + 12, query.end() - 12);
        return start;
    }

    private static void end(Query query, ByteBuf out, int start, int additional) {
        if (query.edns()) {
            out.writeByte(0).writeShort(41).writeShort(1232).writeInt(0).writeShort(0);
        }
        out.setShort(start + 10, additional + (query.edns() ? 1 : 0));
    }

    private int records(Query query, List<Answer.Record> records, ByteBuf out, int room) {
        int written = 0;
        String asked = query.lowerCaseName();
        for (Answer.Record each : records) {
            int mark = out.writerIndex();
            if (each.name().equals(asked)) {
                out.writeShort(QUESTION_NAME);
            } else {
                name(out, each.name());
            }
            record(each, out);
            if (out.writerIndex() > room) {
                out.writerIndex(mark);
                break;
            }
            written++;
        }
        return written;
    }

    private void record(Answer.Record record, ByteBuf out) {
        switch (record) {
            case Answer.Address address -> {
                int length = head(out, address.address().length == 4 ? 1 : 28);
                out.writeBytes(address.address());
                close(out, length);
            }
            case Answer.Srv srv -> {
                int length = head(out, 33);
                out.writeShort(srv.priority()).writeShort(srv.weight()).writeShort(srv.port());
                name(out, srv.target());
                close(out, length);
            }
            case Answer.Cname cname -> {
                int length = head(out, 5);
                name(out, cname.target());
                close(out, length);
            }
            case Answer.Ptr ptr -> {
                int length = head(out, 12);
                name(out, ptr.target());
                close(out, length);
            }
            case Answer.Txt txt -> {
                int length = head(out, 16);
                byte[] text = txt.text().getBytes(StandardCharsets.UTF_8);
                out.writeByte(text.length).writeBytes(text);
                close(out, length);
            }
        }
    }

    /** @return where the length of the data goes */
    private int head(ByteBuf out, int type) {
        out.writeShort(type).writeShort(CLASS_IN).writeInt(timeToLive).writeShort(0);
        return out.writerIndex() - 2;
    }

    private static void close(ByteBuf out, int length) {
        out.setShort(length, out.writerIndex() - length - 2);
    }

    private void startOfAuthority(ByteBuf out) {
        name(out, origin);
        int length = head(out, 6);
        name(out, "ns.dns." + origin);
        name(out, "hostmaster." + origin);
        out.writeInt(1).writeInt(7200).writeInt(1800).writeInt(86400).writeInt(timeToLive);
        close(out, length);
    }

    private static void name(ByteBuf out, String name) {
        int from = 0;
        while (from < name.length()) {
            int dot = name.indexOf('.', from);
            int end = dot < 0 ? name.length() : dot;
            if (end > from) {
                out.writeByte(end - from);
                out.writeCharSequence(name.substring(from, end), StandardCharsets.ISO_8859_1);
            }
            from = end + 1;
        }
        out.writeByte(0);
    }
}
