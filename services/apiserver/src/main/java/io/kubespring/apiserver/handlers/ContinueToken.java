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
 * @param revision {@link #NOW} to go on from what is there now, inconsistently
 * @param start relative key, inclusive
 */
record ContinueToken(long revision, String start) {

    static final long NOW = -1;

    private static final String VERSION = "meta.k8s.io/v1";
    private static final String INVALID = "continue key is not valid";
    private static final String EXPIRED =
            "The provided continue parameter is too old to display a consistent list result. You can start a new list "
                    + "without the continue parameter, or use the continue token in this response to retrieve the "
                    + "remainder of the results. Continuing with the provided token results in an inconsistent list - "
                    + "objects that were created, modified, or deleted between the time the first chunk was returned "
                    + "and now may show up in the list.";

    String encode() {
        ObjectNode token = Json.object().put("v", VERSION).put("rv", revision).put("start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(token));
    }

    boolean consistent() {
        return revision > 0;
    }

    /** 410 for a token whose revision is gone, with one that goes on all the same. */
    StatusException expired() {
        return StatusException.expiredPage(EXPIRED, new ContinueToken(NOW, start).encode());
    }

    /** Null for an empty token; 400 for one that we never gave. */
    static @Nullable ContinueToken decode(String encoded) {
        if (encoded.isEmpty()) {
            return null;
        }
        ObjectNode token = json(encoded);
        String version = token.path("v").asString("");
        if (!version.equals(VERSION)) {
            throw invalid(INVALID + ": server does not recognize this encoded version " + version);
        }
        long revision = token.path("rv").asLong(0);
        String start = token.path("start").asString("");
        if (revision == 0) {
            throw invalid(INVALID + ": incorrect encoded start resourceVersion (version " + VERSION + ")");
        }
        if (start.isEmpty()) {
            throw invalid(INVALID + ": encoded start key empty (version " + VERSION + ")");
        }
        if (climbs(start)) {
            throw invalid(INVALID + ": " + start);
        }
        return new ContinueToken(revision, start.startsWith("/") ? start.substring(1) : start);
    }

    private static ObjectNode json(String encoded) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(encoded.getBytes(StandardCharsets.ISO_8859_1));
            if (Json.read(new String(json, StandardCharsets.UTF_8)) instanceof ObjectNode token) {
                return token;
            }
        } catch (IllegalArgumentException malformed) {
            throw invalid(INVALID + ": illegal base64 data");
        } catch (JacksonException malformed) {
            throw invalid(INVALID + ": malformed JSON");
        }
        throw invalid(INVALID);
    }

    /** Whether the key is not the plain path that we write: an empty step, "." or "..", or a slash at its end. */
    private static boolean climbs(String start) {
        for (String step : (start.startsWith("/") ? start.substring(1) : start).split("/", -1)) {
            if (step.isEmpty() || step.equals(".") || step.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static StatusException invalid(String why) {
        return StatusException.badRequest("invalid continue token: " + why);
    }
}
