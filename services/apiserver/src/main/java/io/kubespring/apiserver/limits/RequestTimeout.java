package io.kubespring.apiserver.limits;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.request.QueryParameters;
import java.time.Duration;

/** How long a request may take: what its {@code timeout} parameter says, if that is less than the server's. */
final class RequestTimeout {

    private final long longest;

    RequestTimeout(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** @throws StatusException 400 for a parameter that is no duration */
    long nanos(QueryParameters query) {
        String text = query.isEmpty() ? "" : query.firstOr("timeout", "");
        if (text.isEmpty()) {
            return longest;
        }
        try {
            long asked = GoDuration.parse(text);
            return asked > 0 && asked < longest ? asked : longest;
        } catch (IllegalArgumentException malformed) {
            throw StatusException.badRequest(
                    "invalid timeout specified in the request URL - " + malformed.getMessage());
        }
    }

    static StatusException exceeded() {
        return new StatusException(
                StatusReason.TIMEOUT, "Timeout: request did not complete within the allotted timeout");
    }
}
