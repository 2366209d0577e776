package io.kubespring.apiserver.encoding;

import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.cbor.Cbor;
import io.kubespring.apimachinery.protobuf.Protobuf;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Representation.Encoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list in a form that is not the stored one, sent in pieces as the connection takes them. What is remembered of an item
 * beyond the shared room is its length at most.
 */
public final class FormList {

    private static final int PIECE = 64 * 1024;
    private static final int METADATA = 1;
    private static final int ITEMS = 2;

    private final Encodings encodings;
    private final ObjectForm form;
    private final List<StoredObject> items;
    private final byte[] head;
    private final byte[] tail;

    /**
     * @param listKind of the list itself
     * @param metadata of the list
     */
    public FormList(
            Encodings encodings, ObjectForm form, String listKind, ObjectNode metadata, List<StoredObject> items) {
        this.encodings = encodings;
        this.form = form.ofItems();
        this.items = items;
        switch (form.encoding()) {
            case JSON -> {
                byte[] json = Json.write(list(listKind, metadata));
                byte[] opening = ",\"items\":[".getBytes(StandardCharsets.US_ASCII);
                head = joined(Arrays.copyOf(json, json.length - 1), opening);
                tail = new byte[] {']', '}'};
            }
            case CBOR -> {
                byte[] entries = Cbor.item(Json.write(list(listKind, metadata)));
                byte[] itemsName = Cbor.item("\"items\"".getBytes(StandardCharsets.US_ASCII));
                byte[] opening = joined(itemsName, Cbor.arrayHead(items.size()));
                entries[0] = Cbor.mapHead(4)[0];
                head = Cbor.document(joined(entries, opening));
                tail = new byte[0];
            }
            case PROTOBUF -> {
                byte[] meta = Protobuf.message(Json.write(metadata), form.apiVersion(), "ListMeta");
                byte[] metaField = joined(Protobuf.delimiter(metadataField(), meta.length), meta);
                byte[] start = Protobuf.envelopeStart(metaField.length + itemsLength(), form.apiVersion(), listKind);
                head = itemsLast() ? joined(start, metaField) : start;
                tail = itemsLast() ? Protobuf.envelopeEnd() : joined(metaField, Protobuf.envelopeEnd());
            }
            case YAML -> throw new IllegalArgumentException("YAML is made of whole documents");
            default -> throw new IllegalArgumentException(form.encoding().toString());
        }
    }

    private ObjectNode list(String listKind, ObjectNode metadata) {
        ObjectNode list = Json.object().put("kind", listKind).put("apiVersion", form.apiVersion());
        list.set("metadata", metadata);
        return list;
    }

    private long itemsLength() {
        long length = 0;
        for (StoredObject each : items) {
            int item = encodings.content(each, form).length;
            length += Protobuf.delimiter(itemsField(), item).length + item;
        }
        return length;
    }

    /** {@code meta.k8s.io/v1beta1} numbers its fields the other way round. */
    private boolean itemsLast() {
        return !form.apiVersion().equals("meta.k8s.io/v1beta1");
    }

    private int metadataField() {
        return itemsLast() ? METADATA : ITEMS;
    }

    private int itemsField() {
        return itemsLast() ? ITEMS : METADATA;
    }

    public ApiResponse answer() {
        var pieces = new Pieces();
        byte[] first = pieces.next();
        String mediaType = form.encoding().mediaType();
        return pieces.hasNext()
                ? new ApiResponse.Streamed(
                        200, mediaType, List.of(), Flux.defer(() -> Flux.fromIterable(Pieces::new)), false)
                : new ApiResponse.Bytes(200, mediaType, List.of(), first);
    }

    /** In one piece, for what must be written anew as a whole. */
    public ApiResponse.Bytes whole() {
        var out = new ByteArrayOutputStream(PIECE);
        new Pieces().forEachRemaining(out::writeBytes);
        return new ApiResponse.Bytes(200, form.encoding().mediaType(), List.of(), out.toByteArray());
    }

    private final class Pieces implements Iterator<byte[]> {
        private int next;
        private boolean started;
        private boolean ended;

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public byte[] next() {
            if (ended) {
                throw new NoSuchElementException();
            }
            var out = new ByteArrayOutputStream(PIECE);
            if (!started) {
                out.writeBytes(head);
                started = true;
            }
            while (next < items.size() && out.size() < PIECE) {
                byte[] content = encodings.content(items.get(next), form);
                if (form.encoding() == Encoding.PROTOBUF) {
                    out.writeBytes(Protobuf.delimiter(itemsField(), content.length));
                } else if (next > 0 && form.encoding() == Encoding.JSON) {
                    out.write(',');
                }
                out.writeBytes(content);
                next++;
            }
            if (next == items.size() && out.size() < PIECE) {
                out.writeBytes(tail);
                ended = true;
            }
            return out.toByteArray();
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
