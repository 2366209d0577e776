package io.kubespring.apiserver.cache;

import java.nio.charset.StandardCharsets;

/**
 * The stored JSON as it is, one event a line.
 *
 * @param apiVersion of the bookmark's object
 * @param kind of the bookmark's object
 */
public record JsonFrameEncoder(String apiVersion, String kind) implements FrameEncoder {

    private static final byte[][] STARTS = {start("ADDED"), start("MODIFIED"), start("DELETED")};
    private static final byte[] END = bytes("}\n");

    private static byte[] start(String type) {
        return bytes("{\"type\":\"" + type + "\",\"object\":");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] event(EventType type, StoredObject object, long emittedRevision) {
        byte[] start = STARTS[type.ordinal()];
        byte[] frame = new byte[start.length + object.jsonLength(emittedRevision) + END.length];
        System.arraycopy(start, 0, frame, 0, start.length);
        int at = object.writeTo(frame, start.length, emittedRevision);
        System.arraycopy(END, 0, frame, at, END.length);
        return frame;
    }

    @Override
    public byte[] bookmark(long revision, boolean endOfInitialEvents) {
        String annotations = endOfInitialEvents ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
        return bytes("{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"" + kind + "\",\"apiVersion\":\"" + apiVersion
                + "\",\"metadata\":{\"resourceVersion\":\"" + revision + "\"" + annotations + "}}}\n");
    }
}
