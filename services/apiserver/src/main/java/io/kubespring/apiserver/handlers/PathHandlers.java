package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Answers requests for paths that are no API objects: discovery, health, version, metrics. Unknown ones get upstream's text. */
public final class PathHandlers {

    private final Map<String, Function<ApiRequest, Mono<ApiResponse>>> exact = new HashMap<>();
    private final Map<String, Function<ApiRequest, Mono<ApiResponse>>> prefixes = new HashMap<>();

    public PathHandlers at(String path, Function<ApiRequest, Mono<ApiResponse>> handler) {
        exact.put(path, handler);
        return this;
    }

    /** @param prefix ends with a slash */
    public PathHandlers below(String prefix, Function<ApiRequest, Mono<ApiResponse>> handler) {
        prefixes.put(prefix, handler);
        return this;
    }

    /** Those that stand for themselves. */
    public Set<String> registered() {
        return exact.keySet();
    }

    public Mono<ApiResponse> handle(ApiRequest request) {
        String path = request.info().path();
        var handler = exact.get(path);
        if (handler == null && path.length() > 1 && path.endsWith("/")) {
            handler = exact.get(path.substring(0, path.length() - 1));
        }
        if (handler == null) {
            handler = longestPrefix(path);
        }
        return handler == null ? Mono.just(ApiResponse.pageNotFound()) : handler.apply(request);
    }

    private @org.jspecify.annotations.Nullable Function<ApiRequest, Mono<ApiResponse>> longestPrefix(String path) {
        for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            var found = prefixes.get(path.substring(0, slash + 1));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
