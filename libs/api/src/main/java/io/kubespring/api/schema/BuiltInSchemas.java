package io.kubespring.api.schema;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of upstream's own types, by definition name ("io.k8s.api.core.v1.PodSpec"). Start-up only indexes the
 * facts; a definition is parsed when first asked for, and then kept. Thread-safe.
 *
 * <p>{@link Schema#required()} repeats what upstream publishes; upstream's server does not enforce it for its own
 * kinds (their validation does).
 */
public final class BuiltInSchemas {

    private static final String PREFIX = "io.k8s.";
    private static final BuiltInSchemas INSTANCE =
            new BuiltInSchemas(read("/io/kubespring/api/definitions.txt"), read("/io/kubespring/api/omitted.txt"));

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, String> omitted = new HashMap<>();
    private final Map<GroupVersionKind, String> kinds = new LinkedHashMap<>();
    private final Map<String, Schema> built = new ConcurrentHashMap<>();

    private BuiltInSchemas(String text, String omittedFields) {
        omittedFields.lines().forEach(line -> {
            int space = line.indexOf(' ');
            omitted.put(line.substring(0, space), line.substring(space + 1));
        });
        text.lines().forEach(line -> {
            int space = line.indexOf(' ');
            String name = line.substring(0, space);
            facts.put(name, line.substring(space + 1));
            indexKind(name, line);
        });
    }

    public static BuiltInSchemas get() {
        return INSTANCE;
    }

    /** All definition names, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(facts.keySet());
    }

    /**
     * The schema of a definition.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Schema definition(String name) {
        Schema schema = built.get(name);
        return schema != null ? schema : built.computeIfAbsent(name, this::build);
    }

    /** The definition's facts as they are kept (see the generator for the form), for publishing it again. */
    public ObjectNode facts(String name) {
        String json = facts.get(name);
        if (json == null) {
            throw new IllegalArgumentException("no such definition: " + name);
        }
        return (ObjectNode) Json.read(json);
    }

    /** Fields of a definition that are left out where they are empty. */
    List<String> omitted(String name) {
        String fields = omitted.get(name);
        return fields == null ? List.of() : List.of(fields.split(","));
    }

    /** The name of the definition that describes a kind, or null. */
    public @Nullable String nameOf(GroupVersionKind kind) {
        return kinds.get(kind);
    }

    /** The schema of a kind; one that Swagger does not describe (PodExecOptions) is an object of anything. */
    public Schema ofKind(GroupVersionKind kind) {
        String name = kinds.get(kind);
        return name != null
                ? definition(name)
                : Schema.builder(Schema.Type.OBJECT).preserveUnknown().build();
    }

    /** A hash over all facts: equal wherever the same schemas are served. */
    public byte[] fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            facts.forEach((name, json) -> digest.update((name + json).getBytes(StandardCharsets.US_ASCII)));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Schema build(String name) {
        return new FactsReader(this, name).read(facts(name));
    }

    private void indexKind(String name, String line) {
        String marker = "\"gvk\":\"";
        int at = line.lastIndexOf(marker);
        if (at < 0 || !name.startsWith(PREFIX)) {
            return;
        }
        String[] parts = line.substring(at + marker.length(), line.indexOf('"', at + marker.length()))
                .split("/", -1);
        if (parts.length == 3) {
            kinds.put(new GroupVersionKind(parts[0], parts[1], parts[2]), name);
        }
    }

    private static String read(String resource) {
        try (InputStream in = BuiltInSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
