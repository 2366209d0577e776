package io.kubespring.service.guard;

import java.nio.file.Path;
import java.util.List;
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
}
