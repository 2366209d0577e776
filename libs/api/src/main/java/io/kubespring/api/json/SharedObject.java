package io.kubespring.api.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that many trees hold, such as the {@code fieldsV1} of all Pods of one template: read once, written as the bytes
 * it was read from, and with a place for what was derived from it. It cannot be changed; {@link #thaw()} gives a copy that
 * can. A deep copy of a tree shares it; {@link #thawed} does not.
 */
public final class SharedObject extends CompactObject {

    private static final long serialVersionUID = 1L;

    private final transient byte[] encoded;
    private transient volatile @Nullable Object derived;

    private SharedObject(FieldMap fields, byte[] encoded) {
        super(CompactNodes.INSTANCE, fields);
        this.encoded = encoded;
    }

    /**
     * Takes over an object that nobody else holds and whose lists nobody changes.
     *
     * @param encoded its JSON, kept
     */
    public static SharedObject of(ObjectNode object, byte[] encoded) {
        var fields = new FieldMap();
        object.forEachEntry(fields::put);
        fields.values().forEach(SharedObject::freeze);
        fields.freeze();
        return new SharedObject(fields, encoded);
    }

    private static void freeze(JsonNode node) {
        if (node instanceof CompactObject object) {
            object.fields().freeze();
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(SharedObject::freeze);
        }
    }

    /** Its JSON; not to be changed. */
    public byte[] encoded() {
        return encoded;
    }

    /** What {@code derive} makes of it, kept for the next who asks. Whoever asks derives the same, a value of its own. */
    @SuppressWarnings("unchecked")
    public <T> T derived(Function<ObjectNode, T> derive) {
        Object known = derived;
        if (known == null) {
            known = derive.apply(this);
            derived = known;
        }
        return (T) known;
    }

    /** A copy that belongs to the caller. */
    public ObjectNode thaw() {
        return super.deepCopy();
    }

    /** A deep copy of a tree that shares nothing, every part of which can be changed. */
    public static ObjectNode thawed(ObjectNode tree) {
        ObjectNode copy = tree.deepCopy();
        thawBelow(copy);
        return copy;
    }

    private static void thawBelow(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                for (var field : object.properties()) {
                    if (field.getValue() instanceof SharedObject shared) {
                        field.setValue(shared.thaw());
                    } else {
                        thawBelow(field.getValue());
                    }
                }
            }
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i) instanceof SharedObject shared) {
                        list.set(i, shared.thaw());
                    } else {
                        thawBelow(list.get(i));
                    }
                }
            }
            default -> {}
        }
    }

    @Override
    public SharedObject deepCopy() {
        return this;
    }
}
