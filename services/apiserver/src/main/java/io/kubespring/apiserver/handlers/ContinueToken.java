package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a limited list goes on: the revision it is a view of, and the first key not yet given. Opaque to clients; written
 * as upstream writes it.
 *
 * @param start relative key, inclusive
 */
record ContinueToken(long revision, String start) {

    private static final String VERSION = "meta.k8s.io/v1";

    String encode() {
        ObjectNode token = Json.object().put("v", VERSION).put("rv", revision).put("start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(token));
    }

    /** Null for an empty token; 400 for one that we never gave. */
    static @Nullable ContinueToken decode(String encoded) {
        if (encoded.isEmpty()) {
            return null;
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(encoded.getBytes(StandardCharsets.US_ASCII));
            ObjectNode token = Json.readObject(json);
            long revision = token.path("rv").asLong(0);
            String start = token.path("start").asString("");
            if (token.path("v").asString("").equals(VERSION) && revision > 0 && !start.isEmpty()) {
                return new ContinueToken(revision, start);
            }
        } catch (IllegalArgumentException | JacksonException | ClassCastException malformed) {
            throw invalid(encoded);
        }
        throw invalid(encoded);
    }

    private static StatusException invalid(String encoded) {
        return StatusException.badRequest("continue key is not valid: " + encoded);
    }
}
