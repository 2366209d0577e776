package io.kubespring.apiserver.request;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.selector.FieldSelector;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a method and path as upstream's request-info resolver does: {@code /api/v1/…} and {@code /apis/<group>/<version>/…}
 * are resource requests, everything else is a path.
 */
public final class RequestInfoParser {

    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

    private RequestInfoParser() {}

    /** @throws StatusException 400 for a path that cannot be decoded */
    public static RequestInfo parse(String method, String rawPath, QueryParameters query) {
        String path = PercentEncoding.decodePath(rawPath);
        if (!path.startsWith("/api")) {
            return RequestInfo.path(path, method.toLowerCase(Locale.ROOT));
        }
        String[] parts = split(path);
        boolean grouped = parts[0].equals("apis");
        if (parts.length < 3 || !(grouped || parts[0].equals("api")) || (grouped && parts.length < 4)) {
            return RequestInfo.path(path, method.toLowerCase(Locale.ROOT));
        }
        return resource(method, path, rawPath, parts, grouped, query);
    }

    private static RequestInfo resource(
            String method, String path, String rawPath, String[] parts, boolean grouped, QueryParameters query) {
        int at = grouped ? 3 : 2;
        String group = grouped ? parts[1] : "";
        String version = parts[at - 1];
        String verb = verb(method);
        if (parts[at].equals("watch") && parts.length > at + 1) {
            verb = "watch";
            at++;
        }
        String namespace = "";
        if (parts[at].equals("namespaces") && parts.length > at + 1) {
            namespace = parts[at + 1];
            if (parts.length > at + 2 && !NAMESPACE_SUBRESOURCES.contains(parts[at + 2])) {
                at += 2;
            }
        }
        String resource = parts[at];
        String name = parts.length > at + 1 ? parts[at + 1] : "";
        String subresource = parts.length > at + 2 ? parts[at + 2] : "";
        String suffix = parts.length > at + 3 ? rawSuffix(rawPath, at + 3) : "";
        if (name.isEmpty()) {
            if (verb.equals("get")) {
                verb = query.flag("watch") ? "watch" : "list";
            } else if (verb.equals("delete")) {
                verb = "deletecollection";
            }
        }
        boolean collection = verb.equals("list") || verb.equals("watch") || verb.equals("deletecollection");
        if (collection && name.isEmpty()) {
            name = selectedName(query);
        }
        String prefix = grouped ? "apis" : "api";
        String selector = collection ? query.first("fieldSelector") : null;
        return new RequestInfo(
                true,
                path,
                verb,
                prefix,
                group,
                version,
                namespace,
                resource,
                subresource,
                name,
                selector == null ? "" : selector,
                suffix);
    }

    /** A list restricted to one name by its field selector is authorized like a get of that name. */
    private static String selectedName(QueryParameters query) {
        String text = query.first("fieldSelector");
        if (text == null || !text.contains("metadata.name")) {
            return "";
        }
        try {
            for (var each : FieldSelector.parse(text).requirements()) {
                if (each.field().equals("metadata.name") && each.equal()) {
                    return each.value();
                }
            }
        } catch (IllegalArgumentException malformed) {
            return ""; // the list itself answers what is wrong with it
        }
        return "";
    }

    private static String verb(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "GET", "HEAD" -> "get";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "";
        };
    }

    private static String[] split(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end).split("/", -1);
    }

    /** The raw path after its first {@code segments} segments; an encoded slash before that point is refused. */
    private static String rawSuffix(String rawPath, int segments) {
        int at = 0;
        while (at < rawPath.length() && rawPath.charAt(at) == '/') {
            at++;
        }
        for (int i = 0; i < segments; i++) {
            int slash = rawPath.indexOf('/', at);
            String segment = slash < 0 ? rawPath.substring(at) : rawPath.substring(at, slash);
            if (segment.regionMatches(true, 0, "%2F", 0, 3)
                    || segment.toUpperCase(Locale.ROOT).contains("%2F")) {
                throw StatusException.badRequest("an encoded slash is not allowed here: " + segment);
            }
            if (slash < 0) {
                return "";
            }
            at = slash + 1;
        }
        return rawPath.substring(at);
    }
}
