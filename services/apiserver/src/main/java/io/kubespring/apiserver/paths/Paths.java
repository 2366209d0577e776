package io.kubespring.apiserver.paths;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;

/** Puts the paths together. */
public final class Paths {

    private Paths() {}

    public static PathHandlers of(Catalog catalog, BooleanSupplier ready) {
        var paths = new PathHandlers();
        paths.at("/version", request -> Mono.just(ApiResponse.json(200, VersionDocument.tree())));
        for (String path : new String[] {"/livez", "/readyz", "/healthz"}) {
            paths.at(
                    path,
                    request -> Mono.just(
                            ready.getAsBoolean() || path.equals("/livez")
                                    ? ApiResponse.text(200, "ok")
                                    : ApiResponse.text(
                                            500,
                                            "[-]informer-sync failed: reason withheld\n" + path.substring(1)
                                                    + " check failed\n")));
        }
        var discovery = new SimpleDiscovery(catalog);
        paths.at("/api", request -> Mono.just(ApiResponse.json(200, discovery.coreVersions())));
        paths.at("/apis", request -> Mono.just(ApiResponse.json(200, discovery.groups())));
        for (String group : catalog.groups()) {
            if (!group.isEmpty()) {
                paths.at("/apis/" + group, request -> Mono.just(ApiResponse.json(200, discovery.group(group))));
            }
            for (String version : catalog.versions(group)) {
                String path = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
                paths.at(path, request -> Mono.just(ApiResponse.json(200, discovery.resources(group, version))));
            }
        }
        return paths;
    }
}
