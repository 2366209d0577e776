package io.kubespring.apiserver.discovery;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.documents.AcceptedTypes;
import io.kubespring.apiserver.documents.AcceptedTypes.MediaType;
import io.kubespring.apiserver.documents.Document;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Discovery of one catalog: {@code /api}, {@code /apis}, {@code /api/v1}, {@code /apis/<group>} and {@code
 * /apis/<group>/<version>}, and the aggregated form of the first two (KEP-3352). A document is made when first asked
 * for and kept; another catalog needs another instance.
 */
public final class DiscoveryDocuments {

    private static final String JSON = "application/json";
    private static final String AGGREGATED_GROUP = "apidiscovery.k8s.io";
    private static final String AGGREGATED_KIND = "APIGroupDiscoveryList";

    private final Catalog catalog;
    private final LegacyDiscovery legacy;
    private final AggregatedDiscovery aggregated;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    /** @param serverAddress "host:port" as clients reach it */
    public DiscoveryDocuments(Catalog catalog, String serverAddress) {
        this.catalog = catalog;
        legacy = new LegacyDiscovery(catalog, serverAddress);
        aggregated = new AggregatedDiscovery(catalog);
    }

    /**
     * The document at a path, in the best form that is asked for; null where discovery has none there.
     *
     * @param path without a trailing slash
     */
    public @Nullable Document document(String path, @Nullable String accept) {
        if (path.equals("/api") || path.equals("/apis")) {
            String version = aggregatedVersion(accept);
            if (version != null) {
                return documents.computeIfAbsent(version + path, key -> aggregatedDocument(version, path));
            }
        }
        Document known = documents.get(path);
        if (known != null) {
            return known;
        }
        ObjectNode tree = tree(path);
        return tree == null ? null : documents.computeIfAbsent(path, key -> Document.of(JSON, Json.write(tree)));
    }

    private @Nullable ObjectNode tree(String path) {
        String[] parts = path.substring(1).split("/", -1);
        if (parts[0].equals("api")) {
            return switch (parts.length) {
                case 1 -> legacy.coreVersions();
                case 2 -> served("", parts[1]) ? legacy.resources("", parts[1]) : null;
                default -> null;
            };
        }
        if (!parts[0].equals("apis")) {
            return null;
        }
        return switch (parts.length) {
            case 1 -> legacy.groups();
            case 2 -> parts[1].isEmpty() || catalog.versions(parts[1]).isEmpty() ? null : legacy.group(parts[1]);
            case 3 -> !parts[1].isEmpty() && served(parts[1], parts[2]) ? legacy.resources(parts[1], parts[2]) : null;
            default -> null;
        };
    }

    private boolean served(String group, String version) {
        return catalog.versions(group).contains(version);
    }

    private Document aggregatedDocument(String version, String path) {
        String mediaType = JSON + ";g=" + AGGREGATED_GROUP + ";v=" + version + ";as=" + AGGREGATED_KIND;
        return Document.of(mediaType, Json.write(aggregated.groups(version, path.equals("/api"))));
    }

    /** "v2" or "v2beta1" where that is asked for before plain JSON, else null. */
    private static @Nullable String aggregatedVersion(@Nullable String accept) {
        for (MediaType each : AcceptedTypes.parse(accept).types()) {
            boolean asAggregated = each.parameter("g").equals(AGGREGATED_GROUP)
                    && each.parameter("as").equals(AGGREGATED_KIND);
            String version = each.parameter("v");
            if (each.name().equals(JSON) && asAggregated && (version.equals("v2") || version.equals("v2beta1"))) {
                return version;
            }
            if (each.covers(JSON) && !asAggregated) {
                return null;
            }
        }
        return null;
    }
}
