package io.kubespring.apiserver.kinds;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The samples of all resources that the catalog serves, in its order. */
final class KindSamples {

    private KindSamples() {}

    static List<KindSample> all() {
        return Catalog.builtIn().all().stream()
                .map(KindSamples::of)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The samples that have a part. */
    static Stream<KindSample> with(String part) {
        return all().stream().filter(each -> each.fresh().has(part));
    }

    /** Null where there is no file. */
    static @Nullable KindSample of(ResourceType type) {
        try (InputStream in = KindSamples.class.getResourceAsStream("/kinds/" + fileName(type))) {
            return in == null ? null : new KindSample(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String fileName(ResourceType type) {
        String group = type.kind().group().isEmpty() ? "core" : type.kind().group();
        return group + "-" + type.kind().version() + "-" + type.plural() + ".yaml";
    }

    static ObjectNode parse(String yaml) {
        List<String> duplicates = new ArrayList<>();
        ObjectNode tree = ObjectDecoder.parse(yaml.getBytes(StandardCharsets.UTF_8), "application/yaml", duplicates);
        if (!duplicates.isEmpty()) {
            throw new IllegalArgumentException("given twice: " + duplicates);
        }
        return tree;
    }
}
