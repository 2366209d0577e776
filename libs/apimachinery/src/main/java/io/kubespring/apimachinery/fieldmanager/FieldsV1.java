package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.json.Json;
import io.kubespring.api.json.SharedObject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The FieldsV1 form of a {@link FieldSet}: nested objects whose names are steps, "." for a member with children. */
final class FieldsV1 {

    private static final String SELF = ".";

    private FieldsV1() {}

    /** Sets that were encoded lately: what the writers of many objects of one make own is the same. */
    private static final AtomicReferenceArray<@Nullable Encoded> ENCODED = new AtomicReferenceArray<>(256);

    private static final int WORTH_KEEPING = 256;

    private record Encoded(FieldSet set, SharedObject form) {}

    /** Canonical: sorted as upstream sorts, self first. The result may be shared. */
    static ObjectNode encode(FieldSet set) {
        int slot = set.hashCode() >>> 24;
        Encoded known = ENCODED.get(slot);
        if (known != null && known.set().equals(set)) {
            return known.form();
        }
        ObjectNode tree = encode(set, false);
        byte[] json = Json.write(tree);
        if (json.length < WORTH_KEEPING || json.length > WORTH_KEEPING * 64) {
            return tree;
        }
        var form = SharedObject.of(tree, json);
        form.derived(same -> set);
        ENCODED.set(slot, new Encoded(set, form));
        return form;
    }

    private static ObjectNode encode(FieldSet set, boolean self) {
        ObjectNode fields = Json.object();
        if (self) {
            fields.set(SELF, Json.object());
        }
        for (int i = 0; i < set.size(); i++) {
            FieldSet child = set.child(i);
            fields.set(set.step(i).text(), child == null ? Json.object() : encode(child, set.marks(i) != 0));
        }
        return fields;
    }

    /**
     * Reads what a client or the store holds.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static FieldSet decode(JsonNode fields) {
        if (fields instanceof SharedObject shared) {
            return shared.derived(FieldsV1::read);
        }
        if (!(fields instanceof ObjectNode object)) {
            throw new IllegalArgumentException("fieldsV1 must be an object");
        }
        return read(object);
    }

    private static FieldSet read(ObjectNode object) {
        var set = new FieldSetBuilder(object.size());
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equals(SELF)) {
                continue;
            }
            PathElement step = PathElement.parse(field.getKey());
            if (!(field.getValue() instanceof ObjectNode below)) {
                throw new IllegalArgumentException("fieldsV1 must hold objects only: " + field.getKey());
            }
            if (step != null) {
                boolean member = below.isEmpty() || below.has(SELF);
                set.append(step, member ? FieldSet.MEMBER : 0, below.isEmpty() ? null : decode(below));
            }
        }
        return set.build();
    }

    /** Whether every member of {@code set} is one of the encoded set, without decoding it. It must be canonical. */
    static boolean covers(JsonNode fields, FieldSet set) {
        for (int i = 0; i < set.size(); i++) {
            JsonNode below = fields.get(set.step(i).text());
            if (below == null) {
                return false;
            }
            FieldSet child = set.child(i);
            boolean member = below.isEmpty() || below.has(SELF);
            if (set.marks(i) != 0 && !member || child != null && !covers(below, child)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the encoded set has any member that {@code set} has, without decoding it. It must be canonical. */
    static boolean intersects(JsonNode fields, FieldSet set) {
        for (int i = 0; i < set.size(); i++) {
            JsonNode below = fields.get(set.step(i).text());
            if (below == null) {
                continue;
            }
            FieldSet child = set.child(i);
            boolean member = set.marks(i) != 0 && (below.isEmpty() || below.has(SELF));
            if (member || child != null && intersects(below, child)) {
                return true;
            }
        }
        return false;
    }
}
