package io.kubespring.apiserver.paths;

import io.kubespring.apiserver.documents.Document;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;

/** Answers with a {@link Document}, or 304 to a client that has it. */
final class Documents {

    private Documents() {}

    /** Whether the client has what the tag names: one of the tags that it shows, or any at all. */
    static boolean known(ApiRequest request, String etag) {
        String shown = request.headers().first("if-none-match");
        if (shown == null) {
            return false;
        }
        for (String each : shown.split(",")) {
            String tag = each.strip();
            if (tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals('"' + etag + '"')) {
                return true;
            }
        }
        return false;
    }

    static ApiResponse answer(ApiRequest request, Document document) {
        List<String> headers = List.of("Etag", document.quotedEtag(), "Vary", "Accept");
        return known(request, document.etag())
                ? new ApiResponse.Bytes(304, document.mediaType(), headers, new byte[0])
                : new ApiResponse.Bytes(200, document.mediaType(), headers, document.body());
    }
}
