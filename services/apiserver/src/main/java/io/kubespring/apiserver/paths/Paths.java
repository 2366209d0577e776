package io.kubespring.apiserver.paths;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.authentication.token.OpenIdDocuments;
import io.kubespring.apiserver.discovery.DiscoveryDocuments;
import io.kubespring.apiserver.encoding.PrettyJson;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.metrics.ProcessMetrics;
import io.kubespring.apiserver.openapi.OpenApiDocuments;
import io.kubespring.apiserver.openapi.Served;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Negotiation;
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
            Served served,
            Negotiation negotiation,
            String serverAddress,
            @Nullable OpenIdDocuments openId,
            HealthChecks health,
            MeterRegistry metrics) {
        var paths = new PathHandlers();
        byte[] version = PrettyJson.whole(Json.write(VersionDocument.tree()));
        FixedPaths.at(paths, "/version", ApiResponse.JSON, List.of(), () -> version);
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
        DiscoveryPaths.register(paths, new DiscoveryDocuments(catalog, serverAddress), negotiation);
        OpenApiPaths.register(
                paths, new OpenApiDocuments(catalog, served, VersionDocument.EMULATED), Schedulers.boundedElastic());
        PathIndex.register(paths, catalog, health);
        return paths;
    }

    private static void openId(PathHandlers paths, OpenIdDocuments openId) {
        List<String> kept = List.of("Cache-Control", "public, max-age=3600");
        FixedPaths.at(paths, OpenIdDocuments.CONFIGURATION_PATH, ApiResponse.JSON, kept, openId::configuration);
        FixedPaths.at(paths, OpenIdDocuments.KEYS_PATH, "application/jwk-set+json", kept, openId::keySet);
    }
}
