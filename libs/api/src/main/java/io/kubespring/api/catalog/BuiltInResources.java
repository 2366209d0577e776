package io.kubespring.api.catalog;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType.Subresource;
import io.kubespring.api.schema.BuiltInSchemas;
import io.kubespring.api.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the built-in resources from their compact facts (see the generator for the form). */
final class BuiltInResources {

    private static final String RESOURCE = "/io/kubespring/api/resources.txt";

    private BuiltInResources() {}

    static List<ResourceType> generallyAvailable() {
        List<ResourceType> resources = new ArrayList<>();
        text().lines().forEach(line -> {
            String[] words = line.split(" ");
            GroupVersionKind kind = GroupVersionKind.of(words[0], words[2]);
            if (VersionOrder.generallyAvailable(kind.version())) {
                resources.add(resource(kind, words));
            }
        });
        return resources;
    }

    private static ResourceType resource(GroupVersionKind kind, String[] words) {
        GroupResource name = new GroupResource(kind.group(), words[1]);
        Set<String> verbs = verbs(words[5]);
        List<Subresource> subresources = new ArrayList<>();
        for (int i = 6; i < words.length; i++) {
            subresources.add(subresource(words[i]));
        }
        Schema schema = BuiltInSchemas.get().ofKind(kind);
        return new ResourceType(
                kind,
                words[3].equals("-") ? kind.kind() + "List" : words[3],
                words[1],
                kind.kind().toLowerCase(Locale.ROOT),
                ShortNames.of(name),
                ShortNames.categories(name),
                words[4].equals("namespaced"),
                verbs,
                List.copyOf(subresources),
                // Reviews can only be created, component statuses only be read: neither is kept.
                verbs.contains("create") && verbs.contains("get") ? StoragePrefixes.of(name) : null,
                schema);
    }

    private static Subresource subresource(String word) {
        int equals = word.indexOf('=');
        int colon = word.indexOf(':', equals);
        String[] kind = word.substring(equals + 1, colon).split("/", -1);
        GroupVersionKind body = new GroupVersionKind(kind[0], kind[1], kind[2]);
        return new Subresource(
                word.substring(0, equals),
                body,
                verbs(word.substring(colon + 1)),
                BuiltInSchemas.get().ofKind(body));
    }

    private static Set<String> verbs(String list) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(list.split(","))));
    }

    private static String text() {
        try (InputStream in = BuiltInResources.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
