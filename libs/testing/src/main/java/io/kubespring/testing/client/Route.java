package io.kubespring.testing.client;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.client.transport.Transport.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is about.
 *
 * @param namespace empty: all, or cluster-scoped
 * @param name empty: the collection
 * @param subresource empty: the object itself
 */
record Route(ResourceType type, String namespace, String name, String subresource, Map<String, String> query) {

    /** Null where the path is no known resource. */
    static @Nullable Route of(Request request, Catalog catalog) {
        int mark = request.uri().indexOf('?');
        String path = mark < 0 ? request.uri() : request.uri().substring(0, mark);
        var parts = new ArrayDeque<>(List.of(path.substring(1).split("/")));
        String group = "api".equals(parts.poll()) ? "" : parts.poll();
        String version = parts.poll();
        if (group == null || version == null || parts.isEmpty()) {
            return null;
        }
        String namespace = "";
        if (parts.size() > 2 && "namespaces".equals(parts.peek()) && !isNamespaceSubresource(parts)) {
            parts.poll();
            namespace = parts.poll();
        }
        ResourceType type = catalog.find(group, version, parts.poll());
        if (type == null || namespace == null) {
            return null;
        }
        String name = parts.isEmpty() ? "" : decode(parts.poll());
        String subresource = parts.isEmpty() ? "" : parts.poll();
        return new Route(
                type,
                namespace,
                name,
                subresource,
                query(mark < 0 ? "" : request.uri().substring(mark + 1)));
    }

    private static boolean isNamespaceSubresource(ArrayDeque<String> parts) {
        String last = parts.peekLast();
        return parts.size() == 3 && ("status".equals(last) || "finalize".equals(last));
    }

    private static Map<String, String> query(String text) {
        var query = new HashMap<String, String>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    boolean watch() {
        return "true".equals(query.get("watch"));
    }

    String key() {
        return type.groupResource() + "|" + namespace + "/" + name;
    }
}
