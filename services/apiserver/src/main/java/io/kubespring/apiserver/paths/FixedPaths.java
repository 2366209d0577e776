package io.kubespring.apiserver.paths;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.documents.AcceptedTypes;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Documents that are had by GET only and in one media type only; whoever cannot read that is told. */
final class FixedPaths {

    private FixedPaths() {}

    static void at(PathHandlers paths, String path, String mediaType, List<String> headers, Supplier<byte[]> body) {
        paths.at(
                path,
                request -> Mono.fromSupplier(() -> {
                    onlyGet(request);
                    acceptable(request, mediaType);
                    return new ApiResponse.Bytes(200, mediaType, headers, body.get());
                }));
    }

    /** @throws StatusException 405 */
    static void onlyGet(ApiRequest request) {
        if (!request.method().equals("GET")) {
            throw StatusException.noSuchMethod();
        }
    }

    private static void acceptable(ApiRequest request, String mediaType) {
        String accept = request.headers().first("accept");
        for (var clause : AcceptedTypes.parse(accept).types()) {
            if (clause.name().equals("*/*") || clause.name().equals(mediaType)) {
                return;
            }
        }
        throw StatusException.notServed(
                StatusReason.NOT_ACCEPTABLE, "406: Not Acceptable\n\nAvailable representations: " + mediaType);
    }
}
