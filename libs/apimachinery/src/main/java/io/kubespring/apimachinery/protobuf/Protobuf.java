package io.kubespring.apimachinery.protobuf;

import io.kubespring.api.error.StatusException;
import io.kubespring.apimachinery.decode.MalformedBodyException;
import io.kubespring.apimachinery.tape.JsonTape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protobuf form of objects ({@code application/vnd.kubernetes.protobuf}): four bytes of magic, a {@code
 * runtime.Unknown} that names apiVersion and kind, and the object's message within.
 */
public final class Protobuf {

    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = "k8s\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_ENCODING = {3 << 3 | 2, 0, 4 << 3 | 2, 0};
    private static final int TYPE_META = 1 << 3 | 2;
    private static final int RAW = 2 << 3 | 2;

    private Protobuf() {}

    /** Whether a kind has a protobuf form: built-in ones do, custom resources and Tables do not. */
    public static boolean supports(String apiVersion, String kind) {
        return MessageTypes.get().ofKind(apiVersion, kind) != null;
    }

    /**
     * An object's message, without the envelope.
     *
     * @param json canonical, as stored
     * @throws IllegalArgumentException for a kind without protobuf form, or JSON that is none
     */
    public static byte[] message(byte[] json, String apiVersion, String kind) {
        var out = new BackwardBuffer(json.length + 128);
        write(json, type(apiVersion, kind), out);
        return out.toByteArray();
    }

    /** The whole form of an object. */
    public static byte[] encode(byte[] json, String apiVersion, String kind) {
        var out = new BackwardBuffer(json.length + 128);
        out.bytes(NO_ENCODING);
        int mark = out.written();
        write(json, type(apiVersion, kind), out);
        out.delimited(RAW, mark);
        typeMeta(out, apiVersion, kind);
        out.bytes(MAGIC);
        return out.toByteArray();
    }

    /** The whole form of an object that says itself of which kind it is; null if that has no protobuf form. */
    public static byte @Nullable [] encode(byte[] json) {
        JsonTape tape = JsonTape.of(json);
        String apiVersion = "";
        String kind = "";
        int end = tape.next(JsonTape.ROOT);
        for (int name = tape.firstChild(JsonTape.ROOT); name < end; name = tape.next(name + 1)) {
            String field = tape.text(name);
            if (field.equals("kind")) {
                kind = tape.text(name + 1);
            } else if (field.equals("apiVersion")) {
                apiVersion = tape.text(name + 1);
            }
        }
        return supports(apiVersion, kind) ? encode(json, apiVersion, kind) : null;
    }

    /** A {@link #message} in its envelope. */
    public static byte[] enveloped(byte[] message, String apiVersion, String kind) {
        var out = new BackwardBuffer(message.length + 96);
        out.bytes(NO_ENCODING);
        out.bytes(message);
        out.varint(message.length);
        out.varint(RAW);
        typeMeta(out, apiVersion, kind);
        out.bytes(MAGIC);
        return out.toByteArray();
    }

    /** What stands in front of a message of that length in its envelope; {@link #envelopeEnd} stands behind. */
    public static byte[] envelopeStart(long messageLength, String apiVersion, String kind) {
        var out = new BackwardBuffer(96);
        out.varint(messageLength);
        out.varint(RAW);
        typeMeta(out, apiVersion, kind);
        out.bytes(MAGIC);
        return out.toByteArray();
    }

    public static byte[] envelopeEnd() {
        return NO_ENCODING.clone();
    }

    /** A field's tag and length, in front of a nested message. */
    public static byte[] delimiter(int field, long length) {
        var out = new BackwardBuffer(16);
        out.varint(length);
        out.varint(field << 3 | 2);
        return out.toByteArray();
    }

    /**
     * Reads an object; the tree is the one that its JSON form would give.
     *
     * @throws StatusException 400 where the bytes are no object that we know
     */
    public static ObjectNode decode(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw StatusException.badRequest(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        try {
            return decodeEnvelope(body);
        } catch (MalformedBodyException malformed) {
            throw StatusException.badRequest(malformed.getMessage());
        }
    }

    private static ObjectNode decodeEnvelope(byte[] body) {
        var in = new WireReader(body, MAGIC.length);
        var decoder = new ProtobufDecoder(in);
        String apiVersion = "";
        String kind = "";
        int rawFrom = body.length;
        int rawTo = body.length;
        while (in.place() < body.length) {
            int tag = (int) in.varint(body.length);
            if (tag == TYPE_META) {
                int end = in.endOfDelimited(body.length);
                ObjectNode meta = decoder.object(MessageTypes.get().named("runtime.TypeMeta"), end);
                apiVersion = meta.path("apiVersion").asString("");
                kind = meta.path("kind").asString("");
            } else if (tag == RAW) {
                rawTo = in.endOfDelimited(body.length);
                rawFrom = in.place();
                in.moveTo(rawTo);
            } else {
                in.skip(tag & 7, body.length);
            }
        }
        MessageType type = MessageTypes.get().ofKind(apiVersion, kind);
        if (type == null) {
            throw StatusException.badRequest(
                    "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\" in protobuf");
        }
        in.moveTo(rawFrom);
        ObjectNode object = decoder.object(type, rawTo);
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        return object;
    }

    private static void write(byte[] json, MessageType type, BackwardBuffer out) {
        new ProtobufEncoder(JsonTape.of(json), out).message(type, JsonTape.ROOT);
    }

    private static MessageType type(String apiVersion, String kind) {
        MessageType type = MessageTypes.get().ofKind(apiVersion, kind);
        if (type == null) {
            throw new IllegalArgumentException(apiVersion + " " + kind + " has no protobuf form");
        }
        return type;
    }

    private static void typeMeta(BackwardBuffer out, String apiVersion, String kind) {
        int mark = out.written();
        text(out, 2, kind);
        text(out, 1, apiVersion);
        out.delimited(TYPE_META, mark);
    }

    private static void text(BackwardBuffer out, int field, String value) {
        int mark = out.written();
        out.bytes(value.getBytes(StandardCharsets.UTF_8));
        out.delimited(field << 3 | 2, mark);
    }
}
