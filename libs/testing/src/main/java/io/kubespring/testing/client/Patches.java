package io.kubespring.testing.client;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Patches for tests: merge patch exactly; strategic merge by the usual keys of object lists, with {@code $patch: delete}
 * and {@code $deleteFromPrimitiveList}; JSON patch's add, replace, remove and test.
 */
final class Patches {

    private static final List<String> MERGE_KEYS = List.of("type", "uid", "containerPort", "ip", "name", "key");

    private Patches() {}

    static void merge(ObjectNode target, JsonNode patch, boolean strategic) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (strategic && name.startsWith("$deleteFromPrimitiveList/")) {
                deleteValues(target.path(name.substring(name.indexOf('/') + 1)), value);
            } else if (strategic && name.startsWith("$")) {
                continue;
            } else if (value.isNull()) {
                target.remove(name);
            } else if (value.isObject()) {
                ObjectNode child = target.get(name) instanceof ObjectNode found ? found : target.putObject(name);
                merge(child, value, strategic);
            } else if (strategic && value instanceof ArrayNode items && target.get(name) instanceof ArrayNode list) {
                mergeList(name, list, items);
            } else {
                target.set(name, value.deepCopy());
            }
        }
    }

    private static void deleteValues(JsonNode list, JsonNode values) {
        if (list instanceof ArrayNode array) {
            for (JsonNode value : values) {
                array.removeIf(value::equals);
            }
        }
    }

    private static void mergeList(String name, ArrayNode list, ArrayNode items) {
        String key = mergeKey(items);
        if (name.equals("finalizers")) {
            for (JsonNode item : items) {
                list.removeIf(item::equals);
                list.add(item);
            }
            return;
        }
        if (key.isEmpty() || name.equals("taints") || name.equals("tolerations")) {
            list.removeAll();
            list.addAll(items);
            return;
        }
        for (JsonNode item : items) {
            ObjectNode found = null;
            for (JsonNode each : list) {
                if (each.path(key).equals(item.path(key))) {
                    found = (ObjectNode) each;
                }
            }
            if (item.path("$patch").asString("").equals("delete")) {
                list.removeIf(each -> each.path(key).equals(item.path(key)));
            } else if (found == null) {
                list.add(item.deepCopy());
            } else {
                merge(found, item, true);
            }
        }
    }

    private static String mergeKey(ArrayNode items) {
        for (String key : MERGE_KEYS) {
            boolean all = !items.isEmpty();
            for (JsonNode item : items) {
                all &= item.has(key);
            }
            if (all) {
                return key;
            }
        }
        return "";
    }

    /** @return whether every test held */
    static boolean json(ObjectNode target, JsonNode operations) {
        for (JsonNode operation : operations) {
            String[] steps = operation.path("path").asString().substring(1).split("/");
            JsonNode parent = target;
            for (int i = 0; i < steps.length - 1; i++) {
                parent = step(parent, steps[i]);
            }
            String last = unescape(steps[steps.length - 1]);
            JsonNode value = operation.path("value");
            switch (operation.path("op").asString()) {
                case "test" -> {
                    if (!step(parent, last).equals(value)) {
                        return false;
                    }
                }
                case "remove" -> remove(parent, last);
                case "add", "replace" ->
                    set(parent, last, value, operation.path("op").asString().equals("add"));
                default -> throw new IllegalArgumentException("patch operation " + operation);
            }
        }
        return true;
    }

    private static JsonNode step(JsonNode node, String name) {
        return node.isArray() ? node.path(Integer.parseInt(name)) : node.path(unescape(name));
    }

    private static String unescape(String name) {
        return name.replace("~1", "/").replace("~0", "~");
    }

    private static void remove(JsonNode parent, String name) {
        if (parent instanceof ArrayNode array) {
            array.remove(Integer.parseInt(name));
        } else {
            ((ObjectNode) parent).remove(name);
        }
    }

    private static void set(JsonNode parent, String name, JsonNode value, boolean insert) {
        if (!(parent instanceof ArrayNode array)) {
            ((ObjectNode) parent).set(name, value);
        } else if (name.equals("-")) {
            array.add(value);
        } else if (insert) {
            array.insert(Integer.parseInt(name), value);
        } else {
            array.set(Integer.parseInt(name), value);
        }
    }
}
