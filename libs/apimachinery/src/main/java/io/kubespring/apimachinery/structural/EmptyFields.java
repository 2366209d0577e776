package io.kubespring.apimachinery.structural;

import io.kubespring.api.json.SharedObject;
import io.kubespring.api.schema.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a built-in kind does not keep of an object: fields that hold nothing ({@code tls: []}, {@code labels: {}},
 * {@code host: ""}) and whose absence means the same. Without them a client gets back, owns and changes the same whether
 * it wrote the empty value or nothing, as upstream's typed objects have it. Only validation looks at what was written,
 * since its refusals show it.
 */
public final class EmptyFields {

    private record Place(ObjectNode parent, String field, JsonNode value) {}

    /** Nothing was taken. */
    public static final EmptyFields NONE = new EmptyFields();

    private final List<Place> found = new ArrayList<>(0);

    private EmptyFields() {}

    /** Takes them out of {@code object}, in place. */
    public static EmptyFields take(ObjectNode object, Schema schema) {
        var fields = new EmptyFields();
        fields.drop(object, schema);
        return fields;
    }

    /** Runs {@code action} while they are where they were, unless something else has come there. */
    public void during(Runnable action) {
        found.removeIf(each -> each.parent().has(each.field()));
        found.forEach(each -> each.parent().set(each.field(), each.value()));
        action.run();
        found.forEach(each -> each.parent().remove(each.field()));
    }

    private void drop(ObjectNode object, Schema schema) {
        if (object instanceof SharedObject) {
            return;
        }
        Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode value = field.getValue();
            if (value instanceof ObjectNode below) {
                Schema child = schema.child(field.getKey());
                if (child != null) {
                    drop(below, child);
                }
            } else if (value instanceof ArrayNode list) {
                items(list, schema.child(field.getKey()));
            }
            if (isEmpty(value) && schema.omitsWhereEmpty(field.getKey())) {
                found.add(new Place(object, field.getKey(), value));
                fields.remove();
            }
        }
    }

    private void items(ArrayNode list, @Nullable Schema schema) {
        Schema items = schema == null ? null : schema.items();
        if (items == null || items.type() != Schema.Type.OBJECT) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof ObjectNode item) {
                drop(item, items);
            }
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, ARRAY -> value.isEmpty();
            case STRING -> value.stringValue().isEmpty();
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.isIntegralNumber() ? value.asLong(1) == 0 : value.doubleValue() == 0;
            case NULL, MISSING, BINARY, POJO -> false;
        };
    }
}
