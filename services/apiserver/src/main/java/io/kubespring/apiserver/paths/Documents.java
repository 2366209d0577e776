package io.kubespring.apiserver.paths;

import io.kubespring.apiserver.documents.Document;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;
import java.util.Objects;

/** Answers with a {@link Document}, or 304 to a client that has it. */
final class Documents {

    private Documents() {}

    static ApiResponse answer(ApiRequest request, Document document) {
        boolean known = Objects.equals(request.headers().first("if-none-match"), document.quotedEtag());
        List<String> headers = List.of("Etag", document.quotedEtag(), "Vary", "Accept");
        return known
                ? new ApiResponse.Bytes(304, document.mediaType(), headers, new byte[0])
                : new ApiResponse.Bytes(200, document.mediaType(), headers, document.body());
    }
}
