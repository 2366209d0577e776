package io.kubespring.apiserver.metrics;

import io.kubespring.apiserver.request.RequestInfo;
import io.micrometer.core.instrument.Tags;
import java.util.Set;

/**
 * What upstream tells requests apart by. Taken from what is served, never from what a client makes up, so that their number
 * is bounded.
 */
record RequestLabels(String verb, String group, String version, String resource, String subresource, String scope) {

    /** Subresources that are connections rather than objects. */
    private static final Set<String> CONNECTED = Set.of("attach", "exec", "portforward", "proxy");

    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

    /** @param served whether the resource is one of ours */
    static RequestLabels of(RequestInfo info, boolean served, boolean apply) {
        if (!info.resourceRequest() || !served) {
            String path = HEALTH.contains(info.path()) ? info.path() : "";
            return new RequestLabels(info.verb().equals("get") ? "GET" : "other", "", "", "", path, "");
        }
        return new RequestLabels(
                CONNECTED.contains(info.subresource()) ? "CONNECT" : apply ? "APPLY" : verb(info.verb()),
                info.apiGroup(),
                info.apiVersion(),
                info.resource(),
                info.subresource(),
                scope(info));
    }

    Tags tags() {
        return Tags.of(
                "verb", verb,
                "group", group,
                "version", version,
                "resource", resource,
                "subresource", subresource,
                "scope", scope,
                "component", "apiserver");
    }

    boolean readOnly() {
        return verb.equals("GET") || verb.equals("LIST") || verb.equals("WATCH");
    }

    /** Whether the size of its answer is of interest. */
    boolean sized() {
        return verb.equals("GET") || verb.equals("LIST");
    }

    private static String scope(RequestInfo info) {
        if (!info.name().isEmpty() || info.verb().equals("create")) {
            return "resource";
        }
        return info.namespace().isEmpty() ? "cluster" : "namespace";
    }

    private static String verb(String verb) {
        return switch (verb) {
            case "get" -> "GET";
            case "list" -> "LIST";
            case "watch" -> "WATCH";
            case "create" -> "POST";
            case "update" -> "PUT";
            case "patch" -> "PATCH";
            case "delete" -> "DELETE";
            case "deletecollection" -> "DELETECOLLECTION";
            default -> "other";
        };
    }
}
