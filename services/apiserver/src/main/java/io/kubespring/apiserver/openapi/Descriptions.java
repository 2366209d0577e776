package io.kubespring.apiserver.openapi;

import io.kubespring.api.json.Json;
import io.kubespring.api.schema.BuiltInSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * What definitions and fields mean, in upstream's sentences, and the values that some fields can have. They come with a
 * library (fabric8's validator, Kubernetes 1.34) and are read when first needed; {@link OwnDescriptions} fills its gaps. Documents
 * are made rarely and one after another, so what was read is held for as long as others may follow, and weakly: the next
 * collection of garbage takes it.
 */
final class Descriptions {

    private static final String RESOURCE = "/openshift-generated.json";

    /** What is never a body, but says what parameters mean. */
    private static final List<String> OPTIONS = List.of(
            "io.k8s.apimachinery.pkg.apis.meta.v1.ListOptions",
            "io.k8s.apimachinery.pkg.apis.meta.v1.CreateOptions",
            "io.k8s.apimachinery.pkg.apis.meta.v1.PatchOptions",
            "io.k8s.api.core.v1.NodeProxyOptions",
            "io.k8s.api.core.v1.PodExecOptions",
            "io.k8s.api.core.v1.PodLogOptions",
            "io.k8s.api.core.v1.PodPortForwardOptions",
            "io.k8s.api.core.v1.PodProxyOptions",
            "io.k8s.api.core.v1.ServiceProxyOptions");

    private WeakReference<Map<String, Definition>> held = new WeakReference<>(null);

    /** @param values empty where any will do */
    record Field(String description, List<String> values) {

        static final Field NONE = new Field("", List.of());
    }

    record Definition(String description, Map<String, Field> fields) {

        static final Definition NONE = new Definition("", Map.of());

        Field field(String name) {
            return fields.getOrDefault(name, Field.NONE);
        }
    }

    Definition of(String definition) {
        return all().getOrDefault(definition, Definition.NONE);
    }

    private synchronized Map<String, Definition> all() {
        Map<String, Definition> known = held.get();
        if (known == null) {
            known = read();
            held = new WeakReference<>(known);
        }
        return known;
    }

    private static Map<String, Definition> read() {
        try (InputStream in = Descriptions.class.getResourceAsStream(RESOURCE)) {
            Map<String, Definition> found = in == null ? new HashMap<>() : read(in);
            OwnDescriptions.addTo(found);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Definition> read(InputStream in) {
        Set<String> wanted = new HashSet<>(BuiltInSchemas.get().names());
        wanted.addAll(OPTIONS);
        Map<String, Definition> found = new HashMap<>();
        try (JsonParser parser = Json.mapper().createParser(in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean definitions = parser.currentName().equals("definitions");
                parser.nextToken();
                if (definitions) {
                    readDefinitions(parser, wanted, found);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return found;
    }

    private static void readDefinitions(JsonParser parser, Set<String> wanted, Map<String, Definition> found) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (wanted.contains(name)) {
                JsonNode tree = parser.readValueAsTree();
                found.put(name, definition(tree));
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Definition definition(JsonNode tree) {
        Map<String, Field> fields = new HashMap<>();
        tree.path("properties").properties().forEach(each -> {
            Field field = field(each.getValue());
            if (field != null) {
                fields.put(each.getKey(), field);
            }
        });
        return new Definition(tree.path("description").asString(""), fields);
    }

    private static @Nullable Field field(JsonNode tree) {
        String description = tree.path("description").asString("");
        JsonNode values =
                tree.has("enum") ? tree.path("enum") : tree.path("items").path("enum");
        if (description.isEmpty() && values.isEmpty()) {
            return null;
        }
        return new Field(
                description, values.valueStream().map(JsonNode::asString).toList());
    }
}
