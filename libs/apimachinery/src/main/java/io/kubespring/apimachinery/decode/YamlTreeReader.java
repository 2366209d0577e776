package io.kubespring.apimachinery.decode;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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
    private static final int MAX_NODES = 500_000;

    private final List<String> duplicates;
    private final FieldTrail trail = new FieldTrail();
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int made;

    YamlTreeReader(List<String> duplicates) {
        this.duplicates = duplicates;
    }

    JsonNode read(byte[] body) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(true);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setProcessComments(false);
        try {
            for (Node document :
                    new Yaml(options).composeAll(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
                return value(document);
            }
            return nodes.nullNode();
        } catch (MarkedYAMLException malformed) {
            String line = malformed.getProblemMark() == null
                    ? ""
                    : "line " + (malformed.getProblemMark().getLine() + 1) + ": ";
            throw new MalformedBodyException("error converting YAML to JSON: yaml: " + line + malformed.getProblem());
        } catch (YAMLException malformed) {
            throw new MalformedBodyException("error converting YAML to JSON: yaml: " + malformed.getMessage());
        }
    }

    private JsonNode value(Node node) {
        if (++made > MAX_NODES) {
            throw new MalformedBodyException(
                    "error converting YAML to JSON: yaml: document contains excessive aliasing");
        }
        return switch (node) {
            case ScalarNode scalar ->
                YamlScalars.resolve(
                        scalar.getValue(),
                        scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN,
                        scalar.getTag().getValue());
            case SequenceNode sequence -> list(sequence);
            case MappingNode mapping -> object(mapping);
            default -> throw new MalformedBodyException("error converting YAML to JSON: yaml: unknown node");
        };
    }

    private JsonNode list(SequenceNode sequence) {
        enter(sequence);
        ArrayNode list = nodes.arrayNode();
        trail.enterList();
        for (Node item : sequence.getValue()) {
            trail.nextItem();
            list.add(value(item));
        }
        trail.leave();
        open.remove(sequence);
        return list;
    }

    private JsonNode object(MappingNode mapping) {
        enter(mapping);
        ObjectNode object = nodes.objectNode();
        trail.enterObject();
        List<Node> merges = new ArrayList<>(0);
        for (NodeTuple entry : mapping.getValue()) {
            if (isMerge(entry.getKeyNode())) {
                merges.add(entry.getValueNode());
                continue;
            }
            String name = key(entry.getKeyNode());
            trail.field(name);
            if (object.replace(name, value(entry.getValueNode())) != null) {
                String path = trail.toString();
                if (!duplicates.contains(path)) {
                    duplicates.add(path);
                }
            }
        }
        for (Node merge : merges) {
            mergeInto(object, merge);
        }
        trail.leave();
        open.remove(mapping);
        return object;
    }

    private void mergeInto(ObjectNode object, Node merge) {
        List<Node> sources = merge instanceof SequenceNode sequence ? sequence.getValue() : List.of(merge);
        for (Node source : sources) {
            if (!(source instanceof MappingNode mapping)) {
                throw new MalformedBodyException(
                        "error converting YAML to JSON: yaml: map merge requires map or sequence of maps as the value");
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
            throw new MalformedBodyException("error converting YAML to JSON: yaml: anchor contains itself");
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
