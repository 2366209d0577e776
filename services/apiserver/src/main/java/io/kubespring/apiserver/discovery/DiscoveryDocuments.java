package io.kubespring.apiserver.discovery;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.documents.Document;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Discovery of one catalog: {@code /api}, {@code /apis}, {@code /api/v1}, {@code /apis/<group>} and {@code
 * /apis/<group>/<version>}, and the aggregated form of the first two (KEP-3352, v2). A document is made when first asked
 * for and kept as JSON; another catalog needs another instance.
 */
public final class DiscoveryDocuments {

    public static final String AGGREGATED_GROUP = "apidiscovery.k8s.io";
    public static final String AGGREGATED_VERSION = "v2";
    public static final String AGGREGATED_KIND = "APIGroupDiscoveryList";

    private static final String JSON = "application/json";

    private final Catalog catalog;
    private final LegacyDiscovery legacy;
    private final AggregatedDiscovery aggregated;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final Map<Boolean, Document> aggregatedDocuments = new ConcurrentHashMap<>();

    /** @param serverAddress "host:port" as clients reach it */
    public DiscoveryDocuments(Catalog catalog, String serverAddress) {
        this.catalog = catalog;
        legacy = new LegacyDiscovery(catalog, serverAddress);
        aggregated = new AggregatedDiscovery(catalog);
    }

    /**
     * What is served at a path; null where discovery has nothing there.
     *
     * @param path without a trailing slash
     */
    public @Nullable Document document(String path) {
        Document known = documents.get(path);
        if (known != null) {
            return known;
        }
        ObjectNode tree = tree(path);
        return tree == null ? null : documents.computeIfAbsent(path, key -> Document.of(JSON, Json.write(tree)));
    }

    /** Whether a path is below what discovery has documents of, so that what is missing there is missing in the API. */
    public boolean served(String path) {
        String[] parts = path.substring(1).split("/", -1);
        return parts[0].equals("api")
                || parts.length > 1
                        && !parts[1].isEmpty()
                        && !catalog.versions(parts[1]).isEmpty();
    }

    /** All groups with all their resources; null where that is not served. */
    public @Nullable Document aggregated(String path) {
        boolean core = path.equals("/api");
        return core || path.equals("/apis")
                ? aggregatedDocuments.computeIfAbsent(
                        core, key -> Document.of(JSON, Json.write(aggregated.groups(core))))
                : null;
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
}
