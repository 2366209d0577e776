package io.kubespring.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list or watch; null and 0 leave a parameter out.
 *
 * @param limit most items of one page
 * @param timeoutSeconds after which the server ends a watch
 */
public record ListOptions(
        @Nullable String labelSelector,
        @Nullable String fieldSelector,
        @Nullable String resourceVersion,
        @Nullable String resourceVersionMatch,
        int limit,
        @Nullable String continueToken,
        int timeoutSeconds,
        boolean bookmarks) {

    public static final ListOptions ALL = new ListOptions(null, null, null, null, 0, null, 0, false);

    public ListOptions labels(@Nullable String selector) {
        return new ListOptions(
                selector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                timeoutSeconds,
                bookmarks);
    }

    public ListOptions fields(@Nullable String selector) {
        return new ListOptions(
                labelSelector,
                selector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                timeoutSeconds,
                bookmarks);
    }

    /** The version a watch continues after, or the oldest acceptable one of a list. */
    public ListOptions from(@Nullable String version) {
        return new ListOptions(
                labelSelector,
                fieldSelector,
                version,
                resourceVersionMatch,
                limit,
                continueToken,
                timeoutSeconds,
                bookmarks);
    }

    public ListOptions page(int size, @Nullable String token) {
        return new ListOptions(
                labelSelector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                size,
                token,
                timeoutSeconds,
                bookmarks);
    }

    public ListOptions bookmarks(int watchSeconds) {
        return new ListOptions(
                labelSelector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken,
                watchSeconds,
                true);
    }

    String query(boolean watch) {
        var query = new StringBuilder();
        if (watch) {
            append(query, "watch", "true");
        }
        append(query, "labelSelector", labelSelector);
        append(query, "fieldSelector", fieldSelector);
        append(query, "resourceVersion", resourceVersion);
        append(query, "resourceVersionMatch", resourceVersionMatch);
        append(query, "limit", limit == 0 ? null : Integer.toString(limit));
        append(query, "continue", continueToken);
        append(query, "timeoutSeconds", timeoutSeconds == 0 ? null : Integer.toString(timeoutSeconds));
        append(query, "allowWatchBookmarks", bookmarks && watch ? "true" : null);
        return query.toString();
    }

    private static void append(StringBuilder query, String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
        query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
