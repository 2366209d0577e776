package io.kubespring.apiserver.paths;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.encoding.PrettyJson;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;
import java.util.TreeSet;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /}: every path that is served, those of single resources left out. */
final class PathIndex {

    private PathIndex() {}

    static void register(PathHandlers paths, Catalog catalog, HealthChecks health) {
        for (String path : List.of("/", "/index.html")) {
            paths.at(
                    path,
                    request -> Mono.fromSupplier(() -> new ApiResponse.Bytes(
                            200,
                            ApiResponse.JSON,
                            List.of(),
                            PrettyJson.whole(Json.write(index(paths, catalog, health))))));
        }
    }

    private static ObjectNode index(PathHandlers paths, Catalog catalog, HealthChecks health) {
        var found = new TreeSet<>(paths.registered());
        found.add("/apis/");
        for (String group : catalog.groups()) {
            String root = group.isEmpty() ? "/api" : "/apis/" + group;
            found.add(root);
            catalog.versions(group).forEach(version -> found.add(root + "/" + version));
        }
        found.addAll(health.paths());
        found.remove("/");
        found.remove("/index.html");
        ObjectNode index = Json.object();
        ArrayNode list = index.putArray("paths");
        found.forEach(list::add);
        return index;
    }
}
