package io.kubespring.apiserver.openapi;

import io.kubespring.apiserver.openapi.Descriptions.Definition;
import io.kubespring.apiserver.openapi.Descriptions.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the library does not describe, in our own sentences: what is newer than it, and the kinds of API extension. A line
 * is "definition|text", and below it one a field, ".field|text".
 */
final class OwnDescriptions {

    private static final String RESOURCE = "descriptions.txt";
    private static final String ADMISSION = "io.k8s.api.admissionregistration.v1.";
    private static final String ADMISSION_BETA = "io.k8s.api.admissionregistration.v1beta1.";

    private OwnDescriptions() {}

    /** Fills the gaps. */
    static void addTo(Map<String, Definition> found) {
        promoted(found);
        try (InputStream in = OwnDescriptions.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            String definition = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int bar = line.indexOf('|');
                String name = line.substring(0, bar);
                String text = line.substring(bar + 1);
                if (name.startsWith(".")) {
                    field(found, definition, name.substring(1), text);
                } else {
                    definition = name;
                    merge(found, definition, new Definition(text, Map.of()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kinds that were beta in the library's version and mean the same since. */
    private static void promoted(Map<String, Definition> found) {
        Map<String, Definition> beta = new HashMap<>();
        found.forEach((name, definition) -> {
            if (name.startsWith(ADMISSION_BETA)) {
                beta.put(ADMISSION + name.substring(ADMISSION_BETA.length()), definition);
            }
        });
        beta.forEach((name, definition) -> merge(found, name, definition));
    }

    private static void field(Map<String, Definition> found, String definition, String field, String text) {
        Definition owner = found.getOrDefault(definition, Definition.NONE);
        Field known = owner.field(field);
        if (known.description().isEmpty()) {
            Map<String, Field> fields = new HashMap<>(owner.fields());
            fields.put(field, new Field(text, known.values()));
            found.put(definition, new Definition(owner.description(), fields));
        }
    }

    private static void merge(Map<String, Definition> found, String name, Definition added) {
        Definition known = found.get(name);
        if (known == null) {
            found.put(name, added);
        } else if (known.description().isEmpty()) {
            found.put(name, new Definition(added.description(), known.fields()));
        }
    }
}
