package io.kubespring.apimachinery.decode;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the first YAML document into a JSON tree with the conversions of upstream's YAML-to-JSON step. Only the node
 * graph is used, so no tag can make a Java object; aliases, nesting and the expanded size are bounded.
 */
final class YamlTreeReader {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_CODE_POINTS = 4 << 20;
    /** Of the document with its aliases expanded. */
    private static final int MAX_NODES = 500_000;

    private static final int MAX_CHARACTERS = 16 << 20;

    private final List<String> duplicates;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int made;
    private int characters;

    YamlTreeReader(List<String> duplicates) {
        this.duplicates = duplicates;
    }

    JsonNode read(byte[] body) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(true);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setProcessComments(false);
        Node document = compose(new String(body, StandardCharsets.UTF_8), options);
        return document == null ? nodes.nullNode() : value(document);
    }

    private static @Nullable Node compose(String text, LoaderOptions options) {
        try {
            Iterator<Node> documents =
                    new Yaml(options).composeAll(new StringReader(text)).iterator();
            return documents.hasNext() ? documents.next() : null;
        } catch (MarkedYAMLException malformed) {
            String line = malformed.getProblemMark() == null
                    ? ""
                    : "line " + (malformed.getProblemMark().getLine() + 1) + ": ";
            throw malformed(line + malformed.getProblem());
        } catch (YAMLException | IllegalArgumentException malformed) {
            // The composer refuses some tags with an exception that is none of its own.
            throw malformed(String.valueOf(malformed.getMessage()));
        }
    }

    private static MalformedBodyException malformed(String why) {
        return new MalformedBodyException("error converting YAML to JSON: yaml: " + why);
    }

    private JsonNode value(Node node) {
        characters += node instanceof ScalarNode scalar ? scalar.getValue().length() : 0;
        if (++made > MAX_NODES || characters > MAX_CHARACTERS) {
            throw malformed("document contains excessive aliasing");
        }
        return switch (node) {
            case ScalarNode scalar ->
                YamlScalars.resolve(
                        WellFormed.text(scalar.getValue()),
                        scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN,
                        scalar.getTag().getValue());
            case SequenceNode sequence -> list(sequence);
            case MappingNode mapping -> object(mapping);
            default -> throw malformed("unknown node");
        };
    }

    private JsonNode list(SequenceNode sequence) {
        enter(sequence);
        ArrayNode list = nodes.arrayNode();
        for (Node item : sequence.getValue()) {
            list.add(value(item));
        }
        open.remove(sequence);
        return list;
    }

    private JsonNode object(MappingNode mapping) {
        enter(mapping);
        ObjectNode object = nodes.objectNode();
        List<Node> merges = new ArrayList<>(0);
        for (NodeTuple entry : mapping.getValue()) {
            if (isMerge(entry.getKeyNode())) {
                merges.add(entry.getValueNode());
                continue;
            }
            String name = key(entry.getKeyNode());
            if (object.replace(name, value(entry.getValueNode())) != null) {
                noteDuplicate(name, entry.getValueNode());
            }
        }
        for (Node merge : merges) {
            mergeInto(object, merge);
        }
        open.remove(mapping);
        return object;
    }

    private void noteDuplicate(String key, Node value) {
        if (duplicates.size() < JsonTreeReader.MAX_DUPLICATES) {
            int line = value.getStartMark().getLine() + 1;
            duplicates.add(DuplicateFields.YAML + "line " + line + ": key \"" + key + "\" already set in map");
        }
    }

    private void mergeInto(ObjectNode object, Node merge) {
        List<Node> sources = merge instanceof SequenceNode sequence ? sequence.getValue() : List.of(merge);
        for (Node source : sources) {
            if (!(source instanceof MappingNode mapping)) {
                throw malformed("map merge requires map or sequence of maps as the value");
            }
            object(mapping).properties().forEach(entry -> {
                if (!object.has(entry.getKey())) {
                    object.set(entry.getKey(), entry.getValue());
                }
            });
        }
    }

    private void enter(Node node) {
        if (!open.add(node)) {
            throw malformed("anchor contains itself");
        }
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getValue().equals("<<")
                && scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
    }

    private String key(Node node) {
        JsonNode key = value(node);
        if (key.isString() || key.isNumber() || key.isBoolean()) {
            return key.asString();
        }
        throw new MalformedBodyException("error converting YAML to JSON: unsupported map key of type: "
                + (key.isNull() ? "null" : key.isObject() ? "map" : "list"));
    }
}
