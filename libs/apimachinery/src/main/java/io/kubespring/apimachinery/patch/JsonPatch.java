package io.kubespring.apimachinery.patch;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.SharedObject;
import io.kubespring.apimachinery.decode.MalformedBodyException;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Patch (RFC 6902). A patch that is no patch is a 400, one with too many operations a 413, one that does not fit
 * the object (a failed {@code test}, a missing path) a 422. What copying can add up to is bounded.
 */
public final class JsonPatch {

    static final int MAX_OPERATIONS = 10_000;
    /** Bytes that copy operations may add together, as upstream: keeps a small patch from growing an object without end. */
    static final int MAX_COPIED = 3 << 20;
    /** What a value counts besides its text. */
    private static final int NODE_WEIGHT = 6;

    /** What the mapper reads and writes at most. */
    private static final int MAX_DEPTH = StreamWriteConstraints.DEFAULT_MAX_DEPTH;

    private JsonNode document;
    private int copied;

    private JsonPatch(ObjectNode document) {
        this.document = document;
    }

    /** The patched object; {@code current} is not changed. */
    public static ObjectNode apply(ObjectNode current, byte[] patch) {
        ArrayNode operations = decode(patch);
        var run = new JsonPatch(SharedObject.thawed(current));
        for (JsonNode operation : operations) {
            run.execute(operation);
        }
        if (run.document instanceof ObjectNode result && fits(result, MAX_DEPTH)) {
            return result;
        }
        throw PatchErrors.unprocessable();
    }

    /** Whether nothing stands deeper than that: what could not be read back is not let in. */
    private static boolean fits(JsonNode node, int depth) {
        if (!node.isContainer()) {
            return true;
        }
        if (depth == 0) {
            return false;
        }
        for (JsonNode child : node) {
            if (!fits(child, depth - 1)) {
                return false;
            }
        }
        return true;
    }

    private static ArrayNode decode(byte[] patch) {
        JsonNode decoded;
        try {
            decoded = ObjectDecoder.parseNode(patch, "application/json", new ArrayList<>(0));
        } catch (MalformedBodyException malformed) {
            throw PatchErrors.badRequest("error decoding patch: " + malformed.getMessage());
        }
        if (!(decoded instanceof ArrayNode operations)) {
            throw PatchErrors.badRequest("error decoding patch: json: cannot unmarshal " + ObjectDecoder.goName(decoded)
                    + " into Go value of type []handlers.jsonPatchOp");
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw new StatusException(
                    StatusReason.REQUEST_ENTITY_TOO_LARGE,
                    "Request entity is too large: The allowed maximum operations in a JSON patch is " + MAX_OPERATIONS
                            + ", got " + operations.size());
        }
        for (JsonNode operation : operations) {
            if (!operation.isObject()) {
                throw PatchErrors.badRequest("error decoding patch: json: cannot unmarshal "
                        + ObjectDecoder.goName(operation) + " into Go value of type handlers.jsonPatchOp");
            }
        }
        return operations;
    }

    private void execute(JsonNode operation) {
        JsonPointer path = JsonPointer.parse(text(operation, "path"));
        switch (text(operation, "op")) {
            case "add" -> add(path, required(operation).deepCopy());
            case "remove" -> remove(path);
            case "replace" -> replace(path, required(operation).deepCopy());
            case "move" -> move(JsonPointer.parse(text(operation, "from")), path);
            case "copy" -> copy(JsonPointer.parse(text(operation, "from")), path);
            case "test" -> test(path, operation.get("value"));
            default -> throw PatchErrors.unprocessable();
        }
    }

    private void add(JsonPointer path, JsonNode value) {
        if (path.isRoot()) {
            document = value;
            return;
        }
        switch (path.parentIn(document)) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode list when path.last().equals("-") -> list.add(value);
            case ArrayNode list -> {
                // One past the end is a place to add to, and -1 means there.
                int index = JsonPointer.index(path.last(), list.size() + 1);
                if (index < 0) {
                    throw PatchErrors.unprocessable();
                }
                list.insert(index, value);
            }
            case null, default -> throw PatchErrors.unprocessable();
        }
    }

    private JsonNode remove(JsonPointer path) {
        if (path.isRoot()) {
            throw PatchErrors.unprocessable();
        }
        JsonNode removed = switch (path.parentIn(document)) {
            case ObjectNode object -> object.remove(path.last());
            case ArrayNode list -> {
                int index = JsonPointer.index(path.last(), list.size());
                yield index < 0 ? null : list.remove(index);
            }
            case null, default -> null;
        };
        if (removed == null) {
            throw PatchErrors.unprocessable();
        }
        return removed;
    }

    private void replace(JsonPointer path, JsonNode value) {
        if (path.isRoot()) {
            document = value;
            return;
        }
        switch (path.parentIn(document)) {
            case ObjectNode object when object.has(path.last()) -> object.set(path.last(), value);
            case ArrayNode list
            when JsonPointer.index(path.last(), list.size()) >= 0 ->
                list.set(JsonPointer.index(path.last(), list.size()), value);
            case null, default -> throw PatchErrors.unprocessable();
        }
    }

    private void move(JsonPointer from, JsonPointer to) {
        if (to.startsWith(from)) {
            throw PatchErrors.unprocessable();
        }
        add(to, remove(from));
    }

    private void copy(JsonPointer from, JsonPointer to) {
        JsonNode source = from.valueIn(document);
        if (source == null) {
            throw PatchErrors.unprocessable();
        }
        copied += weight(source, MAX_COPIED - copied);
        if (copied >= MAX_COPIED) {
            throw PatchErrors.unprocessable();
        }
        add(to, source.deepCopy());
    }

    /** About its length as JSON, or the limit if it is more. */
    private static int weight(JsonNode node, int limit) {
        if (node.isString()) {
            return Math.min(node.stringValue().length() + NODE_WEIGHT, limit);
        }
        int weight = NODE_WEIGHT;
        for (String name : node.propertyNames()) {
            weight += name.length();
        }
        for (JsonNode child : node) {
            if (weight >= limit) {
                return limit;
            }
            weight += weight(child, limit - weight);
        }
        return Math.min(weight, limit);
    }

    private void test(JsonPointer path, @Nullable JsonNode expected) {
        JsonNode actual = path.valueIn(document);
        boolean expectsNull = expected == null || expected.isNull();
        boolean isNull = actual == null || actual.isNull();
        boolean same = expected == null || actual == null ? expectsNull && isNull : sameValue(actual, expected);
        if (!same) {
            throw PatchErrors.unprocessable();
        }
    }

    private static boolean sameValue(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.equals(right) || left.decimalValue().compareTo(right.decimalValue()) == 0;
        }
        if (left instanceof ArrayNode leftList && right instanceof ArrayNode rightList) {
            boolean same = leftList.size() == rightList.size();
            for (int i = 0; same && i < leftList.size(); i++) {
                same = sameValue(leftList.get(i), rightList.get(i));
            }
            return same;
        }
        if (left instanceof ObjectNode leftObject && right instanceof ObjectNode rightObject) {
            boolean same = leftObject.size() == rightObject.size();
            for (var field : leftObject.properties()) {
                JsonNode other = rightObject.get(field.getKey());
                if (!same || other == null) {
                    return false;
                }
                same = sameValue(field.getValue(), other);
            }
            return same;
        }
        return left.equals(right);
    }

    private static String text(JsonNode operation, String field) {
        JsonNode value = operation.get(field);
        if (value == null || !value.isString()) {
            throw PatchErrors.unprocessable();
        }
        return value.stringValue();
    }

    private static JsonNode required(JsonNode operation) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw PatchErrors.unprocessable();
        }
        return value;
    }
}
