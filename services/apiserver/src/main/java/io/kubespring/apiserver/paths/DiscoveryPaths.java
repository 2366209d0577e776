package io.kubespring.apiserver.paths;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.discovery.DiscoveryDocuments;
import io.kubespring.apiserver.documents.Document;
import io.kubespring.apiserver.encoding.AnswerEncoder;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Negotiation;
import io.kubespring.apiserver.request.Representation.Encoding;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * {@code /api} and {@code /apis} with what is below them, in every encoding of objects. The aggregated form (KEP-3352) can
 * be kept by clients: it has an entity tag, the same in every encoding, and whoever shows it is answered with 304.
 */
final class DiscoveryPaths {

    private static final String AGGREGATED = ";g=" + DiscoveryDocuments.AGGREGATED_GROUP + ";v="
            + DiscoveryDocuments.AGGREGATED_VERSION + ";as=" + DiscoveryDocuments.AGGREGATED_KIND;

    private final DiscoveryDocuments documents;
    private final Negotiation negotiation;

    private DiscoveryPaths(DiscoveryDocuments documents, Negotiation negotiation) {
        this.documents = documents;
        this.negotiation = negotiation;
    }

    static void register(PathHandlers paths, DiscoveryDocuments documents, Negotiation negotiation) {
        var discovery = new DiscoveryPaths(documents, negotiation);
        for (String root : List.of("/api", "/apis")) {
            paths.at(root, request -> Mono.just(discovery.answer(request)));
            paths.below(root + "/", request -> Mono.just(discovery.answer(request)));
        }
    }

    private ApiResponse answer(ApiRequest request) {
        String path = request.info().path();
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Document document = documents.document(bare);
        if (document == null) {
            if (documents.served(bare)) {
                throw StatusException.noSuchResource();
            }
            return ApiResponse.pageNotFound();
        }
        if (!bare.equals("/apis")) {
            FixedPaths.onlyGet(request);
        }
        ApiResponse aggregated = aggregated(request, bare);
        if (aggregated != null) {
            return aggregated;
        }
        var accepted = negotiation.of(request);
        if (!bare.equals("/apis")) {
            accepted.route(false);
        }
        accepted.plain();
        return AnswerEncoder.untransformed(
                new ApiResponse.Bytes(200, ApiResponse.JSON, List.of(), document.body()), accepted);
    }

    private @Nullable ApiResponse aggregated(ApiRequest request, String path) {
        Encoding encoding = negotiation.transformed(
                request.headers().first("accept"),
                DiscoveryDocuments.AGGREGATED_GROUP,
                DiscoveryDocuments.AGGREGATED_VERSION,
                DiscoveryDocuments.AGGREGATED_KIND);
        Document document = encoding == null ? null : documents.aggregated(path);
        if (encoding == null || document == null) {
            return null;
        }
        String mediaType = encoding.mediaType() + AGGREGATED;
        byte[] body = AnswerEncoder.document(document.body(), encoding);
        return Documents.answer(request, new Document(mediaType, body, document.etag()))
                .with("Cache-Control", "public");
    }
}
