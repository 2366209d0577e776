package io.kubespring.apimachinery.fieldmanager;

import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Equality and order of JSON values; numbers count by value, whatever node holds them. */
final class Values {

    private Values() {}

    static boolean same(JsonNode left, JsonNode right) {
        if (left == right) {
            return true;
        }
        if (left instanceof ObjectNode leftObject && right instanceof ObjectNode rightObject) {
            return sameObjects(leftObject, rightObject);
        }
        if (left instanceof ArrayNode leftList && right instanceof ArrayNode rightList) {
            if (leftList.size() != rightList.size()) {
                return false;
            }
            for (int i = 0; i < leftList.size(); i++) {
                if (!same(leftList.get(i), rightList.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (left.isNumber() && right.isNumber()) {
            return compareNumbers(left, right) == 0;
        }
        return left.equals(right);
    }

    private static boolean sameObjects(ObjectNode left, ObjectNode right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : left.properties()) {
            JsonNode other = right.get(field.getKey());
            if (other == null || !same(field.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /** Upstream's order: numbers, strings, booleans, lists, objects, null. */
    static int compare(JsonNode left, JsonNode right) {
        int leftRank = rank(left);
        int rightRank = rank(right);
        if (leftRank != rightRank) {
            return Integer.compare(leftRank, rightRank);
        }
        return switch (left) {
            case ObjectNode object -> compareObjects(object, (ObjectNode) right);
            case ArrayNode list -> compareLists(list, (ArrayNode) right);
            case JsonNode scalar when scalar.isNumber() -> compareNumbers(scalar, right);
            case JsonNode scalar when scalar.isString() -> scalar.stringValue().compareTo(right.stringValue());
            case JsonNode scalar
            when scalar.isBoolean() -> Boolean.compare(scalar.booleanValue(), right.booleanValue());
            default -> 0;
        };
    }

    private static int rank(JsonNode node) {
        if (node.isNumber()) {
            return 0;
        }
        if (node.isString()) {
            return 1;
        }
        if (node.isBoolean()) {
            return 2;
        }
        if (node.isArray()) {
            return 3;
        }
        return node.isObject() ? 4 : 5;
    }

    private static int compareNumbers(JsonNode left, JsonNode right) {
        return left.canConvertToLong()
                        && right.canConvertToLong()
                        && left.isIntegralNumber()
                        && right.isIntegralNumber()
                ? Long.compare(left.longValue(), right.longValue())
                : left.decimalValue().compareTo(right.decimalValue());
    }

    /** Both sorted by name already: they are the keys of list items. */
    private static int compareObjects(ObjectNode left, ObjectNode right) {
        Iterator<Map.Entry<String, JsonNode>> others = right.properties().iterator();
        for (Map.Entry<String, JsonNode> field : left.properties()) {
            if (!others.hasNext()) {
                return 1;
            }
            Map.Entry<String, JsonNode> other = others.next();
            int order = field.getKey().compareTo(other.getKey());
            if (order == 0) {
                order = compare(field.getValue(), other.getValue());
            }
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    private static int compareLists(ArrayNode left, ArrayNode right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
