package io.kubespring.apiserver.paths;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.authentication.token.OpenIdDocuments;
import io.kubespring.apiserver.discovery.DiscoveryDocuments;
import io.kubespring.apiserver.documents.Document;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.metrics.ProcessMetrics;
import io.kubespring.apiserver.openapi.OpenApiDocuments;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Puts the paths together. */
public final class Paths {

    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private Paths() {}

    /**
     * @param serverAddress "10.0.0.1:6443", shown by {@code /api}
     * @param openId null where no tokens are issued
     */
    public static PathHandlers of(
            Catalog catalog,
            String serverAddress,
            @Nullable OpenIdDocuments openId,
            HealthChecks health,
            MeterRegistry metrics) {
        var paths = new PathHandlers();
        paths.at("/version", request -> Mono.just(ApiResponse.json(200, VersionDocument.tree())));
        health.register(paths);
        if (metrics instanceof PrometheusMeterRegistry prometheus) {
            String build = ProcessMetrics.buildInfo(VersionDocument.labels());
            paths.at(
                    "/metrics",
                    request -> Mono.<ApiResponse>fromCallable(() -> new ApiResponse.Bytes(
                                    200,
                                    METRICS,
                                    List.of(),
                                    (prometheus.scrape() + build).getBytes(StandardCharsets.UTF_8)))
                            .subscribeOn(Schedulers.boundedElastic()));
        }
        if (openId != null) {
            openId(paths, openId);
        }
        var discovery = new DiscoveryDocuments(catalog, serverAddress);
        paths.at("/api", request -> Mono.just(document(request, discovery)));
        paths.below("/api/", request -> Mono.just(document(request, discovery)));
        paths.at("/apis", request -> Mono.just(document(request, discovery)));
        paths.below("/apis/", request -> Mono.just(document(request, discovery)));
        OpenApiPaths.register(
                paths, new OpenApiDocuments(catalog, VersionDocument.VERSION), Schedulers.boundedElastic());
        return paths;
    }

    private static void openId(PathHandlers paths, OpenIdDocuments openId) {
        paths.at(
                OpenIdDocuments.CONFIGURATION_PATH,
                request -> Mono.just(ApiResponse.json(200, openId.configuration())));
        paths.at(
                OpenIdDocuments.KEYS_PATH,
                request ->
                        Mono.just(new ApiResponse.Bytes(200, "application/jwk-set+json", List.of(), openId.keySet())));
    }

    private static ApiResponse document(ApiRequest request, DiscoveryDocuments discovery) {
        String path = request.info().path();
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Document document = discovery.document(bare, request.headers().first("accept"));
        if (document == null) {
            return ApiResponse.text(404, "404 page not found\n");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw new StatusException(
                    StatusReason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        return Documents.answer(request, document);
    }
}
