package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Representation;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.node.ObjectNode;

/** Writes trees in the encoding that a client asked for. */
final class Answers {

    private Answers() {}

    static ApiResponse.Bytes tree(int status, ObjectNode tree, Representation representation) {
        return switch (representation.encoding()) {
            case JSON -> ApiResponse.json(status, tree);
            case YAML -> new ApiResponse.Bytes(status, "application/yaml", List.of(), yaml(tree));
        };
    }

    /** Adds a Warning header per text; quotes and control characters are escaped as RFC 7234 wants. */
    static ApiResponse warned(ApiResponse answer, List<String> warnings) {
        ApiResponse result = answer;
        for (String warning : warnings) {
            String text =
                    warning.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"");
            result = result.with("Warning", "299 - \"" + text + "\"");
        }
        return result;
    }

    private static byte[] yaml(ObjectNode tree) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        Object plain = Json.mapper().treeToValue(tree, Object.class);
        return new Yaml(options).dump(plain).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
