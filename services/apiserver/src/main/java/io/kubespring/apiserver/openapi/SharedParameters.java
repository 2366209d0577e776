package io.kubespring.apiserver.openapi;

import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes parameters. Version 2 says each once, under a name that ends in a hash of what it says, and refers to it: their
 * texts are long and every resource has them. The few that clients look for in operations are written there.
 */
final class SharedParameters {

    private static final Set<String> WRITTEN_IN_PLACE = Set.of("name", "dryRun", "fieldValidation");
    private static final int HASH_LENGTH = 8;

    private final Dialect dialect;
    private final Map<Parameter, String> names = new TreeMap<>(Parameter.ORDER);
    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    SharedParameters(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What was referred to, by name. */
    Map<String, ObjectNode> definitions() {
        return definitions;
    }

    ObjectNode write(Parameter parameter) {
        if (dialect == Dialect.V3 || WRITTEN_IN_PLACE.contains(parameter.name())) {
            return content(parameter);
        }
        String name = names.computeIfAbsent(parameter, this::define);
        return Json.object().put("$ref", "#/parameters/" + name);
    }

    private String define(Parameter parameter) {
        ObjectNode content = content(parameter);
        String name = parameter.name() + "-" + hash(content.toString());
        definitions.put(name, content);
        return name;
    }

    private ObjectNode content(Parameter parameter) {
        ObjectNode content = Json.object();
        if (!parameter.description().isEmpty()) {
            content.put("description", parameter.description());
        }
        content.put("in", parameter.in()).put("name", parameter.name());
        if (parameter.required()) {
            content.put("required", true);
        }
        ObjectNode schema = dialect == Dialect.V2 ? content : content.putObject("schema");
        schema.put("type", parameter.type()).put("uniqueItems", true);
        return content;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
