package io.kubespring.client.codec;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusException.Cause;
import io.kubespring.api.error.StatusException.Details;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Turns a failed answer into the {@link StatusException} that the server threw. */
public final class StatusDecoder {

    private StatusDecoder() {}

    /** @param code HTTP status, used where the body is no Status */
    public static StatusException decode(int code, byte[] body) {
        JsonNode status;
        try {
            status = Json.mapper().readTree(body);
        } catch (JacksonException notJson) {
            return plain(code, new String(body, StandardCharsets.UTF_8));
        }
        if (!status.path("kind").asString("").equals("Status")) {
            return plain(code, new String(body, StandardCharsets.UTF_8));
        }
        return decode(status);
    }

    public static StatusException decode(JsonNode status) {
        JsonNode details = status.path("details");
        var causes = new ArrayList<Cause>();
        for (JsonNode cause : details.path("causes")) {
            causes.add(new Cause(
                    cause.path("reason").asString(""),
                    cause.path("message").asString(""),
                    cause.path("field").asString("")));
        }
        int code = status.path("code").asInt(500);
        int retryAfter = details.path("retryAfterSeconds").asInt(0);
        return new StatusException(
                reason(status.path("reason").asString(""), code),
                code,
                status.path("message").asString(""),
                new Details(
                        details.path("name").asString(""),
                        details.path("group").asString(""),
                        details.path("kind").asString(""),
                        details.path("uid").asString(""),
                        causes,
                        retryAfter == 0 ? null : Duration.ofSeconds(retryAfter)));
    }

    private static StatusException plain(int code, String text) {
        return new StatusException(reason("", code), code, text.strip(), Details.NONE);
    }

    private static StatusReason reason(String text, int code) {
        for (StatusReason reason : StatusReason.values()) {
            if (!text.isEmpty() && reason.text().equals(text)) {
                return reason;
            }
        }
        for (StatusReason reason : StatusReason.values()) {
            if (text.isEmpty() && reason.code() == code && reason != StatusReason.UNKNOWN) {
                return reason;
            }
        }
        return StatusReason.UNKNOWN;
    }
}
