package io.kubespring.apiserver.cache;

import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of one object: the store's own bytes, and beside them the little that selectors and keys need.
 *
 * <p>The stored JSON lacks {@code metadata.resourceVersion}, which only the store's answer to the write tells. It is
 * spliced in as the first field of {@code metadata} whenever the object leaves the server.
 */
public final class StoredObject {

    private static final byte[] KIND = JsonScanner.nameBytes("kind");
    private static final byte[] API_VERSION = JsonScanner.nameBytes("apiVersion");
    private static final byte[] METADATA = JsonScanner.nameBytes("metadata");
    private static final byte[] NAME = JsonScanner.nameBytes("name");
    private static final byte[] NAMESPACE = JsonScanner.nameBytes("namespace");
    private static final byte[] UID = JsonScanner.nameBytes("uid");
    private static final byte[] LABELS = JsonScanner.nameBytes("labels");
    private static final byte[] DELETION_TIMESTAMP = JsonScanner.nameBytes("deletionTimestamp");
    private static final byte[] SPLICE_START = "\"resourceVersion\":\"".getBytes(StandardCharsets.US_ASCII);

    private final String key;
    private final byte[] stored;
    private final long revision;
    private final SelectableFields selectable;
    private final @Nullable String[] fieldValues;
    private int spliceAt = -1;

    /** Where kind and apiVersion stand, side by side, with the comma that goes with them; equal where they do not. */
    private int typeStart;

    private int typeEnd;
    private String name = "";
    private String namespace = "";
    private String uid = "";
    private Labels labels = Labels.NONE;
    private boolean deleting;
    private int metadataEnd = -1;
    private volatile @Nullable EncodedObject<?> encoded;

    private StoredObject(String key, byte[] stored, long revision, SelectableFields selectable) {
        this.key = key;
        this.stored = stored;
        this.revision = revision;
        this.selectable = selectable;
        this.fieldValues = selectable.newValues();
    }

    /** The bytes to store for an object; it is not changed. */
    public static byte[] encode(ObjectNode object) {
        ObjectNode ordered = Json.object();
        ObjectNode metadata = Json.object();
        for (String first : List.of("kind", "apiVersion")) {
            JsonNode value = object.get(first);
            if (value != null) {
                ordered.set(first, value);
            }
        }
        if (object.get("metadata") instanceof ObjectNode given) {
            metadata.setAll(given);
            metadata.remove("resourceVersion");
        }
        ordered.set("metadata", metadata);
        object.properties().forEach(field -> ordered.putIfAbsent(field.getKey(), field.getValue()));
        return Json.write(ordered);
    }

    /**
     * @param key in the store
     * @param stored what {@link #encode} made; kept, never changed
     */
    public static StoredObject read(String key, byte[] stored, long revision, SelectableFields selectable) {
        var object = new StoredObject(key, stored, revision, selectable);
        var scanner = new JsonScanner(stored);
        if (!scanner.enterObject()) {
            throw new IllegalArgumentException("no JSON object is stored at " + key);
        }
        int before = scanner.place();
        while (scanner.nextField()) {
            if (scanner.nameIs(KIND) || scanner.nameIs(API_VERSION)) {
                scanner.skipValue();
                object.typeAt(before, scanner.place());
            } else if (scanner.nameIs(METADATA) && scanner.enterObject()) {
                object.spliceAt = scanner.place();
                object.readMetadata(scanner);
                object.metadataEnd = scanner.place();
            } else {
                selectable.read(scanner, object.fieldValues);
            }
            before = scanner.place();
        }
        if (object.typeStart == 1 && stored[object.typeEnd] == ',') {
            object.typeEnd++;
        }
        if (object.spliceAt < 0) {
            throw new IllegalArgumentException("no metadata is stored at " + key);
        }
        return object;
    }

    /** The JSON of an object of which nothing else is asked: what the store holds under the revision it was written at. */
    public static byte[] json(byte[] stored, long revision) {
        var object = new StoredObject("", stored, revision, SelectableFields.NONE);
        var scanner = new JsonScanner(stored);
        scanner.enterObject();
        while (object.spliceAt < 0 && scanner.nextField()) {
            if (scanner.nameIs(METADATA) && scanner.enterObject()) {
                object.spliceAt = scanner.place();
            } else {
                scanner.skipValue();
            }
        }
        return object.json();
    }

    /** Takes the second of the two only where it follows the first. */
    private void typeAt(int start, int end) {
        if (typeEnd == 0) {
            typeStart = start;
            typeEnd = end;
        } else if (typeEnd == start) {
            typeEnd = end;
        }
    }

    private void readMetadata(JsonScanner scanner) {
        while (scanner.nextField()) {
            if (scanner.nameIs(NAME)) {
                name = scanner.readScalar();
            } else if (scanner.nameIs(NAMESPACE)) {
                namespace = scanner.readScalar();
            } else if (scanner.nameIs(UID)) {
                uid = scanner.readScalar();
            } else if (scanner.nameIs(LABELS)) {
                labels = readLabels(scanner);
            } else if (scanner.nameIs(DELETION_TIMESTAMP)) {
                deleting = !scanner.readScalar().isEmpty();
            } else {
                scanner.skipValue();
            }
        }
    }

    private static Labels readLabels(JsonScanner scanner) {
        if (!scanner.enterObject()) {
            scanner.skipValue();
            return Labels.NONE;
        }
        List<String> pairs = new ArrayList<>();
        while (scanner.nextField()) {
            pairs.add(scanner.name());
            pairs.add(scanner.readScalar());
        }
        return Labels.of(pairs);
    }

    public String key() {
        return key;
    }

    /** The revision of this version, which is its resourceVersion. */
    public long revision() {
        return revision;
    }

    public String name() {
        return name;
    }

    /** Empty for what lives in no namespace. */
    public String namespace() {
        return namespace;
    }

    public String uid() {
        return uid;
    }

    /** Read-only. */
    public Map<String, String> labels() {
        return labels;
    }

    /** Whether it has a deletionTimestamp. */
    public boolean deleting() {
        return deleting;
    }

    /** A selectable field's value; null if the kind does not have that field for selectors. */
    public @Nullable String field(String field) {
        if (field.equals("metadata.name")) {
            return name;
        }
        if (field.equals("metadata.namespace")) {
            return namespace;
        }
        int place = selectable.placeOf(field);
        if (place < 0) {
            return null;
        }
        String value = fieldValues[place];
        return value == null || value.isEmpty() ? selectable.absent(place) : value;
    }

    /** The bytes the store holds, shared: not to be changed. They lack the resourceVersion. */
    public byte[] stored() {
        return stored;
    }

    /** The object's JSON. */
    public byte[] json() {
        return json(revision);
    }

    /** The object's JSON under another resourceVersion, as a DELETED event shows it. */
    public byte[] json(long emittedRevision) {
        byte[] json = new byte[jsonLength(emittedRevision)];
        writeTo(json, 0, emittedRevision);
        return json;
    }

    /** How many bytes {@link #writeTo} writes. */
    public int jsonLength(long emittedRevision) {
        int comma = metadataIsEmpty() ? 0 : 1;
        return stored.length + SPLICE_START.length + Decimal.length(emittedRevision) + 1 + comma;
    }

    /**
     * Writes the object's JSON.
     *
     * @return the place after the last byte written
     */
    public int writeTo(byte[] target, int offset, long emittedRevision) {
        int at = splice(target, copy(0, spliceAt, target, offset), emittedRevision);
        return copy(spliceAt, stored.length, target, at);
    }

    private int splice(byte[] target, int offset, long emittedRevision) {
        System.arraycopy(SPLICE_START, 0, target, offset, SPLICE_START.length);
        int at = Decimal.write(emittedRevision, target, offset + SPLICE_START.length);
        target[at++] = '"';
        if (!metadataIsEmpty()) {
            target[at++] = ',';
        }
        return at;
    }

    /** How many bytes {@link #writeItemTo} writes. */
    public int itemLength() {
        return jsonLength(revision) - (typeEnd - typeStart);
    }

    /**
     * Writes the object's JSON as it stands in a list, whose own kind says what it is.
     *
     * @return the place after the last byte written
     */
    public int writeItemTo(byte[] target, int offset) {
        if (typeStart == typeEnd) {
            return writeTo(target, offset, revision);
        }
        int at = offset;
        if (typeEnd <= spliceAt) {
            at = copy(0, typeStart, target, at);
            at = copy(typeEnd, spliceAt, target, at);
            return copy(spliceAt, stored.length, target, splice(target, at, revision));
        }
        at = splice(target, copy(0, spliceAt, target, at), revision);
        at = copy(spliceAt, typeStart, target, at);
        return copy(typeEnd, stored.length, target, at);
    }

    /** The JSON as it stands in a list. */
    public byte[] itemJson() {
        byte[] json = new byte[itemLength()];
        writeItemTo(json, 0);
        return json;
    }

    private int copy(int from, int to, byte[] target, int at) {
        System.arraycopy(stored, from, target, at, to - from);
        return at + to - from;
    }

    /** The JSON of {@code metadata} alone. */
    public byte[] metadataJson(long emittedRevision) {
        byte[] whole = json(emittedRevision);
        return Arrays.copyOfRange(whole, spliceAt - 1, metadataEnd + whole.length - stored.length);
    }

    /** This version in a form; the bytes are made when they are asked for. */
    <F> EncodedObject<?> encoded(F form, BiFunction<F, StoredObject, byte[]> encode) {
        EncodedObject<?> known = find(form);
        return known != null ? known : addEncoded(form, encode);
    }

    private @Nullable EncodedObject<?> find(Object form) {
        for (EncodedObject<?> each = encoded; each != null; each = each.next()) {
            if (each.is(form)) {
                return each;
            }
        }
        return null;
    }

    private synchronized <F> EncodedObject<?> addEncoded(F form, BiFunction<F, StoredObject, byte[]> encode) {
        EncodedObject<?> known = find(form);
        if (known == null) {
            known = new EncodedObject<>(this, form, encode, encoded);
            encoded = known;
        }
        return known;
    }

    private boolean metadataIsEmpty() {
        return stored[spliceAt] == '}';
    }

    /** A fresh tree that the caller may change. */
    public ObjectNode tree() {
        return tree(revision);
    }

    /** A fresh tree under another resourceVersion. */
    public ObjectNode tree(long emittedRevision) {
        ObjectNode tree = Json.readObject(stored);
        ((ObjectNode) tree.get("metadata")).put("resourceVersion", Long.toString(emittedRevision));
        return tree;
    }
}
