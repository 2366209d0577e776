package io.kubespring.apimachinery.random;

import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import io.kubespring.api.time.RandomSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes trees at random: any JSON, or objects that fit a schema. The same seed makes the same trees. */
final class RandomTrees {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] WORDS = {"a", "b", "c", "web", "TCP", "UDP", "x/y~z", "ü", "", "0"};

    private final RandomSource random;

    RandomTrees(long seed) {
        this.random = RandomSource.seeded(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /** Any object without nulls, at most {@code depth} deep. */
    ObjectNode object(int depth) {
        ObjectNode object = Json.object();
        for (int i = below(5); i > 0; i--) {
            object.set(word(), value(depth - 1));
        }
        return object;
    }

    private JsonNode value(int depth) {
        int choice = below(depth > 0 ? 6 : 4);
        return switch (choice) {
            case 0 -> NODES.numberNode(below(5));
            case 1 -> NODES.booleanNode(chance(50));
            case 2, 3 -> NODES.stringNode(word());
            case 4 -> object(depth);
            default -> {
                ArrayNode list = NODES.arrayNode();
                for (int i = below(3); i > 0; i--) {
                    list.add(value(depth - 1));
                }
                yield list;
            }
        };
    }

    /** An object of a schema in which about {@code percent} of the fields are set. Map lists have distinct items. */
    ObjectNode of(Schema schema, int percent, int depth) {
        ObjectNode object = Json.object();
        for (String name : schema.propertyNames()) {
            Schema child = schema.property(name);
            if (child != null && chance(percent)) {
                object.set(name, valueOf(child, percent, depth - 1));
            }
        }
        Schema values = schema.additionalProperties();
        if (values != null) {
            for (int i = below(4); i > 0; i--) {
                object.set("key" + below(4), valueOf(values, percent, depth - 1));
            }
        }
        return object;
    }

    private JsonNode valueOf(Schema schema, int percent, int depth) {
        if (schema.intOrString()) {
            boolean quantity = schema.name().endsWith("Quantity");
            return !quantity && chance(50) ? NODES.numberNode(below(3)) : NODES.stringNode("" + below(3));
        }
        return switch (schema.type()) {
            case OBJECT -> depth > 0 ? of(schema, percent, depth) : Json.object();
            case ARRAY -> list(schema, percent, depth);
            case STRING ->
                switch (schema.format()) {
                    case "date-time" -> NODES.stringNode("2026-01-0" + (1 + below(9)) + "T00:00:00Z");
                    case "byte" -> NODES.stringNode("AAA" + "ABC".charAt(below(3)));
                    default -> NODES.stringNode("" + below(3));
                };
            case INTEGER, NUMBER -> NODES.numberNode(below(4));
            case BOOLEAN -> NODES.booleanNode(chance(50));
            case ANY -> object(2);
        };
    }

    private ArrayNode list(Schema schema, int percent, int depth) {
        ArrayNode list = NODES.arrayNode();
        Schema items = schema.items();
        if (items == null || depth <= 0) {
            return list;
        }
        boolean apart = !schema.mapKeys().isEmpty()
                || schema.listType() == Schema.ListType.SET
                || schema.patchMergeKey() != null;
        int offset = below(3);
        for (int i = 0; i < below(4); i++) {
            JsonNode item = valueOf(items, percent, depth - 1);
            if (item instanceof ObjectNode object) {
                for (String key : schema.mapKeys()) {
                    Schema field = items.property(key);
                    boolean number = field != null && field.type() == Schema.Type.INTEGER;
                    object.set(key, number ? NODES.numberNode(offset + i) : NODES.stringNode("k" + (offset + i)));
                }
            } else if (apart && item.isString()) {
                item = NODES.stringNode("k" + (offset + i));
            }
            list.add(item);
        }
        return list;
    }
}
