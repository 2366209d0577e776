package io.kubespring.apiserver.openapi;

import io.kubespring.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The defaults that version 3 of upstream's document has because Go knows no absent value: {@code ""}, {@code 0}, {@code
 * false} and {@code {}}. Items of lists and values of maps have one; of fields, required ones and every {@code metadata}. A
 * resource names the others: "definition +has,one -has,none".
 */
final class ZeroValues {

    private static final String RESOURCE = "zero-values.txt";
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    /** They write themselves in a form of their own. */
    private static final Set<String> NONE = Set.of(
            "io.k8s.api.core.v1.SecretReference",
            "io.k8s.api.networking.v1.ParentReference",
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray",
            "io.k8s.apimachinery.pkg.api.resource.Quantity",
            META + "MicroTime",
            META + "Time",
            "io.k8s.apimachinery.pkg.runtime.RawExtension",
            "io.k8s.apimachinery.pkg.util.intstr.IntOrString");

    private static final ZeroValues BUILT_IN = new ZeroValues();

    private final Set<String> more = new HashSet<>();
    private final Set<String> fewer = new HashSet<>();

    private ZeroValues() {
        try (InputStream in = ZeroValues.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        String[] words = line.split(" ");
        for (int i = 1; i < words.length; i++) {
            Set<String> exceptions = words[i].startsWith("+") ? more : fewer;
            for (String field : words[i].substring(1).split(",")) {
                exceptions.add(words[0] + "." + field);
            }
        }
    }

    static ZeroValues builtIn() {
        return BUILT_IN;
    }

    /** The default of a definition's field; null for none. */
    @Nullable
    JsonNode ofField(String definition, String field, boolean required, JsonNode facts) {
        JsonNode zero = of(facts);
        String name = definition + "." + field;
        if (more.contains(name)) {
            return zero == null ? Json.object() : zero;
        }
        String reference = reference(facts);
        boolean metadata = field.equals("metadata")
                && (reference.equals(META + "ObjectMeta") || reference.equals(META + "ListMeta"));
        return (required || metadata) && !fewer.contains(name) ? zero : null;
    }

    /** The default of a list's items or a map's values; null for none. */
    @Nullable
    JsonNode of(JsonNode facts) {
        String reference = reference(facts);
        if (!reference.isEmpty()) {
            return NONE.contains(reference) ? null : Json.object();
        }
        String shorthand =
                facts.isString() ? facts.asString() : facts.path("type").asString("");
        if (shorthand.endsWith(":byte") || facts.path("format").asString("").equals("byte")) {
            return null;
        }
        int colon = shorthand.indexOf(':');
        return switch (colon < 0 ? shorthand : shorthand.substring(0, colon)) {
            case "string" -> JsonNodeFactory.instance.stringNode("");
            case "integer", "number" -> JsonNodeFactory.instance.numberNode(0);
            case "boolean" -> JsonNodeFactory.instance.booleanNode(false);
            default -> null;
        };
    }

    private static String reference(JsonNode facts) {
        if (!facts.isString()) {
            return facts.path("ref").asString("");
        }
        String shorthand = facts.asString();
        return shorthand.startsWith("@") ? shorthand.substring(1) : "";
    }
}
