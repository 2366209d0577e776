package io.kubespring.kinds.workload;

import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The hash that names a revision of a template ({@code pod-template-hash}). The same template gives the same hash, in
 * whatever order its fields stand; empty values do not count. Written in upstream's alphabet, but not upstream's number,
 * which is a hash of Go's memory layout.
 */
public final class TemplateHash {

    private static final int FNV_OFFSET = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private TemplateHash() {}

    /**
     * @param template a model or a tree
     * @param collisions how often the name was already taken by a different template; null for never
     */
    public static String of(Object template, @Nullable Integer collisions) {
        var canonical = new StringBuilder();
        append(template instanceof JsonNode tree ? tree : Json.convert(template, JsonNode.class), canonical);
        if (collisions != null) {
            canonical.append('#').append(collisions);
        }
        int hash = FNV_OFFSET;
        for (byte each : canonical.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * FNV_PRIME;
        }
        return encode(Integer.toUnsignedString(hash));
    }

    private static void append(JsonNode node, StringBuilder canonical) {
        if (node.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                if (!each.getValue().isNull()
                        && !(each.getValue().isContainer() && each.getValue().isEmpty())) {
                    sorted.put(each.getKey(), each.getValue());
                }
            }
            canonical.append('{');
            sorted.forEach((field, value) -> {
                canonical.append(field).append(':');
                append(value, canonical);
                canonical.append(',');
            });
            canonical.append('}');
        } else if (node.isArray()) {
            canonical.append('[');
            for (JsonNode each : node) {
                append(each, canonical);
                canonical.append(',');
            }
            canonical.append(']');
        } else {
            canonical.append(node);
        }
    }

    private static String encode(String digits) {
        var encoded = new StringBuilder(digits.length());
        digits.chars().forEach(each -> encoded.append(ALPHABET.charAt(each % ALPHABET.length())));
        return encoded.toString();
    }
}
