package io.kubespring.service.guard;

import io.kubespring.service.boot.Component;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Upstream's flags for who may use a component's own endpoints, under the component's prefix.
 *
 * @param clientCaFile signs client certificates; none takes tokens only
 * @param requestheaderClientCaFile signs the certificates of proxies that name their users in headers; none believes nobody
 * @param requestheaderAllowedNames common names of such proxies; empty for any
 * @param authorizationAlwaysAllowPaths for everyone; a last {@code *} stands for any rest
 */
public record AccessFlags(
        @Nullable Path clientCaFile,
        @Nullable Path requestheaderClientCaFile,
        @DefaultValue List<String> requestheaderAllowedNames,

        @DefaultValue({"/healthz", "/readyz", "/livez"}) List<String> authorizationAlwaysAllowPaths) {

    boolean open(String path) {
        return authorizationAlwaysAllowPaths.stream()
                .anyMatch(each ->
                        each.endsWith("*") ? path.startsWith(each.substring(0, each.length() - 1)) : path.equals(each));
    }

    /**
     * Health open, and everything else, Prometheus included, for whom the API server allows it.
     *
     * @param user as whom the API server is asked
     */
    public static Component.Trait guardedAs(String user) {
        return new Component.Trait(
                AccessFlags.class,
                Map.of(
                        GuardAutoConfiguration.USER,
                        user,
                        "management.endpoints.web.exposure.include",
                        "health,info,prometheus",
                        "management.endpoint.health.show-details",
                        "always",
                        "management.endpoint.health.group.liveness.show-details",
                        "never",
                        "management.endpoint.health.group.readiness.show-details",
                        "never",
                        "management.endpoint.health.group.healthz.show-details",
                        "never"));
    }
}
