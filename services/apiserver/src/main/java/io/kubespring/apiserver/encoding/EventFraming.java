package io.kubespring.apiserver.encoding;

import io.kubespring.apimachinery.cbor.Cbor;
import io.kubespring.apimachinery.protobuf.Protobuf;
import io.kubespring.apiserver.request.Representation.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Puts a document into a watch event, and the event into a frame: a line of JSON, a length in front of protobuf, an item of
 * a CBOR sequence.
 */
public final class EventFraming {

    private EventFraming() {}

    /** @param document whole, in that encoding */
    public static byte[] frame(Encoding encoding, String type, byte[] document) {
        return switch (encoding) {
            case JSON -> json(type, document);
            case PROTOBUF -> protobuf(type, document);
            case CBOR -> cbor(type, document);
            case YAML -> throw new IllegalArgumentException(encoding + " cannot be watched");
        };
    }

    private static byte[] json(String type, byte[] document) {
        byte[] start = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(start.length + document.length + 2)
                .put(start)
                .put(document)
                .put((byte) '}')
                .put((byte) '\n')
                .array();
    }

    /** One item of a sequence: a map of the type and the object, each of which is self-described. */
    private static byte[] cbor(String type, byte[] document) {
        byte[] typeEntry = Cbor.item(("[\"type\",\"" + type + "\",\"object\"]").getBytes(StandardCharsets.US_ASCII));
        byte[] start = Cbor.document(Cbor.mapHead(2));
        return ByteBuffer.allocate(start.length + typeEntry.length - 1 + document.length)
                .put(start)
                .put(typeEntry, 1, typeEntry.length - 1)
                .put(document)
                .array();
    }

    /** A WatchEvent: its type, and a RawExtension of the enveloped object. */
    private static byte[] protobuf(String type, byte[] document) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        byte[] nameStart = Protobuf.delimiter(1, name.length);
        byte[] rawStart = Protobuf.delimiter(1, document.length);
        byte[] objectStart = Protobuf.delimiter(2, rawStart.length + document.length);
        int length = nameStart.length + name.length + objectStart.length + rawStart.length + document.length;
        return ByteBuffer.allocate(4 + length)
                .putInt(length)
                .put(nameStart)
                .put(name)
                .put(objectStart)
                .put(rawStart)
                .put(document)
                .array();
    }
}
