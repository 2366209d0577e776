package io.kubespring.apimachinery.cbor;

import io.kubespring.api.error.StatusException;
import io.kubespring.apimachinery.decode.MalformedBodyException;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import io.kubespring.apimachinery.tape.JsonTape;
import java.io.ByteArrayOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The CBOR form of objects ({@code application/cbor}); every document begins with the tag of self-described CBOR. */
public final class Cbor {

    public static final String MEDIA_TYPE = "application/cbor";

    private static final byte[] SELF_DESCRIBED = {(byte) 0xd9, (byte) 0xd9, (byte) 0xf7};

    private Cbor() {}

    /**
     * An item, as it stands within others.
     *
     * @param json canonical, as stored
     */
    public static byte[] item(byte[] json) {
        var out = new ByteArrayOutputStream(json.length);
        new CborEncoder(JsonTape.of(json), out).value(JsonTape.ROOT);
        return out.toByteArray();
    }

    /** An item that stands alone. */
    public static byte[] document(byte[] item) {
        var out = new ByteArrayOutputStream(item.length + SELF_DESCRIBED.length);
        out.writeBytes(SELF_DESCRIBED);
        out.writeBytes(item);
        return out.toByteArray();
    }

    /** What stands in front of the entries of a map. */
    public static byte[] mapHead(int entries) {
        return head(CborEncoder.MAP, entries);
    }

    /** What stands in front of the items of a list. */
    public static byte[] arrayHead(int items) {
        return head(CborEncoder.ARRAY, items);
    }

    private static byte[] head(int major, int count) {
        var out = new ByteArrayOutputStream(5);
        CborEncoder.head(out, major, count);
        return out.toByteArray();
    }

    /**
     * Reads an object.
     *
     * @param expectedKind for the error's text; may be empty
     * @throws StatusException 400 where the bytes are no object
     */
    public static ObjectNode decode(byte[] body, String expectedKind) {
        try {
            JsonNode item = new CborDecoder(body).read();
            if (item instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedBodyException(
                    "cbor: cannot unmarshal " + ObjectDecoder.goName(item) + " into Go value of type v1.TypeMeta");
        } catch (MalformedBodyException malformed) {
            throw ObjectDecoder.unrecognized(
                    body, expectedKind, "unable to determine group/version/kind: " + malformed.getMessage());
        }
    }
}
