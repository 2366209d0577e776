package io.kubespring.kinds.tree;

import tools.jackson.databind.JsonNode;

/** Equality as a Go struct sees it: a field left out is the same as one that is null, empty text, false, or an empty list. */
public final class Semantics {

    private Semantics() {}

    public static boolean equal(JsonNode left, JsonNode right) {
        if (isZero(left) || isZero(right)) {
            return isZero(left) && isZero(right);
        }
        if (left.isObject() && right.isObject()) {
            return fieldsEqual(left, right)
                    && right.propertyNames().stream().allMatch(each -> left.has(each) || isZero(right.path(each)));
        }
        if (left.isArray() && right.isArray()) {
            return left.size() == right.size() && itemsEqual(left, right);
        }
        if (left.isIntegralNumber() && right.isIntegralNumber()) {
            return left.longValue() == right.longValue();
        }
        return left.equals(right);
    }

    private static boolean fieldsEqual(JsonNode left, JsonNode right) {
        return left.properties().stream().allMatch(each -> equal(each.getValue(), right.path(each.getKey())));
    }

    private static boolean itemsEqual(JsonNode left, JsonNode right) {
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING, NULL -> true;
            case STRING -> value.stringValue().isEmpty();
            case BOOLEAN -> !value.booleanValue();
            case ARRAY -> value.isEmpty();
            // An empty object or a zero may be meant: emptyDir: {}, replicas: 0.
            case OBJECT, NUMBER, BINARY, POJO -> false;
        };
    }
}
