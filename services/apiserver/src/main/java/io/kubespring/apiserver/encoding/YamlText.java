package io.kubespring.apiserver.encoding;

import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as YAML, with sorted keys as upstream writes it. */
final class YamlText {

    private YamlText() {}

    static byte[] of(byte[] json) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        return new Yaml(options).dump(plain(Json.mapper().readTree(json))).getBytes(StandardCharsets.UTF_8);
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
