package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list as JSON, put together from the stored objects' own bytes in chunks, one at a time as the connection takes them.
 */
final class ListBody {

    private static final int CHUNK = 64 * 1024;
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private ListBody() {}

    /** Everything up to and including the opening bracket of the items. */
    static byte[] head(String kind, String apiVersion, ObjectNode metadata) {
        ObjectNode head = Json.object().put("kind", kind).put("apiVersion", apiVersion);
        head.set("metadata", metadata);
        byte[] json = Json.write(head);
        var out = new ByteArrayOutputStream(json.length + 16);
        out.write(json, 0, json.length - 1);
        out.writeBytes(",\"items\":[".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /** Whether the whole body is small enough to be one piece. */
    static boolean small(byte[] head, List<StoredObject> items) {
        long size = head.length + END.length;
        for (StoredObject each : items) {
            size += each.itemLength() + 1;
            if (size > CHUNK) {
                return false;
            }
        }
        return true;
    }

    static byte[] whole(byte[] head, List<StoredObject> items) {
        int size = head.length + END.length;
        for (StoredObject each : items) {
            size += each.itemLength() + 1;
        }
        byte[] body = new byte[items.isEmpty() ? size : size - 1];
        System.arraycopy(head, 0, body, 0, head.length);
        int at = head.length;
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                body[at++] = ',';
            }
            at = items.get(i).writeItemTo(body, at);
        }
        System.arraycopy(END, 0, body, at, END.length);
        return body;
    }

    static Flux<byte[]> streamed(byte[] head, List<StoredObject> items) {
        return Flux.defer(() -> Flux.fromIterable(() -> new Chunks(head, items)));
    }

    /** Packs objects into pieces of about {@link #CHUNK} bytes; a larger object is a piece of its own. */
    private static final class Chunks implements Iterator<byte[]> {
        private final byte[] head;
        private final List<StoredObject> items;
        private int next;
        private boolean started;
        private boolean ended;

        Chunks(byte[] head, List<StoredObject> items) {
            this.head = head;
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public byte[] next() {
            int size = started ? 0 : head.length;
            int until = next;
            while (until < items.size()) {
                StoredObject each = items.get(until);
                int more = each.itemLength() + 1;
                if (size > 0 && size + more > CHUNK) {
                    break;
                }
                size += more;
                until++;
            }
            boolean last = until == items.size();
            byte[] piece = new byte[last ? size + END.length - (items.isEmpty() ? 0 : 1) : size];
            int at = 0;
            if (!started) {
                System.arraycopy(head, 0, piece, 0, head.length);
                at = head.length;
                started = true;
            }
            for (; next < until; next++) {
                at = items.get(next).writeItemTo(piece, at);
                if (next + 1 < items.size()) {
                    piece[at++] = ',';
                }
            }
            if (last) {
                System.arraycopy(END, 0, piece, at, END.length);
                ended = true;
            }
            return piece;
        }
    }
}
