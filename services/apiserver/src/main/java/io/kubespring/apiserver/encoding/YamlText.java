package io.kubespring.apiserver.encoding;

import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as YAML, as upstream writes it: keys are sorted, texts of several lines are blocks, and texts that would read as
 * something else stand in double quotes.
 */
final class YamlText {

    private YamlText() {}

    static byte[] of(byte[] json) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        return new Yaml(new Texts(options), options)
                .dump(plain(Json.mapper().readTree(json)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Chooses how a text is written; the emitter still quotes a plain one that needs it. */
    private static final class Texts extends Representer {

        /** Truth values of old, which the resolver does not know. */
        private static final Set<String> SHORT_TRUTHS = Set.of("y", "Y", "n", "N");

        private static final Resolver RESOLVER = new Resolver();

        Texts(DumperOptions options) {
            super(options);
            representers.put(String.class, data -> representScalar(Tag.STR, (String) data, style((String) data)));
        }

        private static ScalarStyle style(String text) {
            if (text.indexOf('\n') >= 0) {
                return ScalarStyle.LITERAL;
            }
            boolean other = !RESOLVER.resolve(NodeId.scalar, text, true).equals(Tag.STR);
            return other || SHORT_TRUTHS.contains(text) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
        }
    }

    private static Object plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var sorted = new TreeMap<String, Object>();
            object.properties().forEach(each -> sorted.put(each.getKey(), plainOrNull(each.getValue())));
            return sorted;
        }
        if (node.isArray()) {
            return node.valueStream().map(YamlText::plainOrNull).toList();
        }
        return Json.convert(node, Object.class);
    }

    @SuppressWarnings("NullAway") // A null in JSON is a null in YAML.
    private static Object plainOrNull(JsonNode node) {
        return node.isNull() ? null : plain(node);
    }
}
