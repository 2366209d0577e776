package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the pipeline does with any tree, by its schema: decode, check, default, patch, own. */
final class Machinery {

    ObjectNode decode(byte[] body, String mediaType, List<String> duplicates) {
        try {
            Object tree = mediaType.contains("yaml")
                    ? new Yaml(new SafeConstructor(new LoaderOptions()))
                            .load(new String(body, java.nio.charset.StandardCharsets.UTF_8))
                    : Json.mapper().readTree(body);
            JsonNode node = tree instanceof JsonNode json ? json : Json.mapper().valueToTree(tree);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException malformed) {
            throw StatusException.badRequest("error decoding: " + malformed.getOriginalMessage());
        }
        throw StatusException.badRequest("couldn't get version/kind; json parse error");
    }

    /** @return unknown fields, which are pruned */
    List<String> check(ObjectNode object, ResourceType type) {
        return List.of();
    }

    void applyDefaults(ObjectNode object, ResourceType type) {}

    ObjectNode patch(PatchType patchType, ObjectNode current, byte[] patch, ResourceType type) {
        ObjectNode next = current.deepCopy();
        merge(next, decode(patch, "application/json", List.of()));
        return next;
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> each : patch.properties()) {
            if (each.getValue().isNull()) {
                target.remove(each.getKey());
            } else if (each.getValue() instanceof ObjectNode change && target.get(each.getKey()) instanceof ObjectNode old) {
                merge(old, change);
            } else {
                target.set(each.getKey(), each.getValue());
            }
        }
    }

    ObjectNode own(
            WriteRequest request, @Nullable ObjectNode live, ObjectNode next, Set<String> resetFields, Instant now) {
        return next;
    }

    ObjectNode apply(
            WriteRequest request, @Nullable ObjectNode live, ObjectNode applied, Set<String> resetFields, Instant now) {
        if (live == null) {
            return applied;
        }
        ObjectNode next = live.deepCopy();
        merge(next, applied);
        return next;
    }
}
