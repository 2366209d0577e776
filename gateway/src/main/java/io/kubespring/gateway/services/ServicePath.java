package io.kubespring.gateway.services;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /services/<name>/actuator/…}, in its one spelling: there is nothing to decode and nothing to leave out, so what is
 * authorized is what the service is asked for.
 *
 * @param path at the service
 */
public record ServicePath(String name, String path) {

    private static final Pattern SPELLING =
            Pattern.compile("/services/([a-z0-9][a-z0-9-]*)(/actuator(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)");

    /** Null for any other path. */
    public static @Nullable ServicePath parse(String path) {
        Matcher parts = SPELLING.matcher(path);
        return parts.matches() ? new ServicePath(parts.group(1), parts.group(2)) : null;
    }
}
