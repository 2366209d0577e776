package io.kubespring.apiserver.paths;

import io.kubespring.apiserver.documents.Document;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.openapi.OpenApiDocuments;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** {@code /openapi/v2} and {@code /openapi/v3}. A document asked for by its right hash may be kept for ever. */
final class OpenApiPaths {

    private OpenApiPaths() {}

    /** @param workers make documents, which takes too long for an event loop */
    static void register(PathHandlers paths, OpenApiDocuments documents, Scheduler workers) {
        paths.at("/openapi/v2", request -> answer(request, documents, workers));
        paths.at("/openapi/v3", request -> answer(request, documents, workers));
        paths.below("/openapi/v3/", request -> answer(request, documents, workers));
    }

    private static Mono<ApiResponse> answer(ApiRequest request, OpenApiDocuments documents, Scheduler workers) {
        return Mono.fromCallable(() -> answer(request, documents)).subscribeOn(workers);
    }

    private static ApiResponse answer(ApiRequest request, OpenApiDocuments documents) {
        String path = request.info().path();
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String hash = request.query().firstOr("hash", "");
        String location = documents.location(bare);
        if (location != null && !hash.isEmpty() && !location.endsWith("=" + hash)) {
            return new ApiResponse.Bytes(301, "text/plain", List.of("Location", location), new byte[0]);
        }
        if (location == null && !documents.exists(bare)) {
            return ApiResponse.pageNotFound();
        }
        String accept = request.headers().first("accept");
        String etag = documents.etag(bare, accept);
        Document document = etag == null
                ? null
                : Documents.known(request, etag)
                        ? new Document(ApiResponse.JSON, new byte[0], etag)
                        : documents.document(bare, accept);
        if (document == null) {
            // Upstream sends no text with it.
            return new ApiResponse.Bytes(406, "", List.of("Vary", "Accept"), new byte[0]);
        }
        ApiResponse answer = Documents.answer(request, document);
        return location == null || hash.isEmpty()
                ? answer
                : answer.with("Cache-Control", "public, immutable, max-age=31536000");
    }
}
