package io.kubespring.apiserver.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What stands in a request's first line: paths, query parameters, selectors, continue tokens; and who wants which encoding. */
final class RequestLines {

    private static final String PODS = "/api/v1/pods";

    private final Victim victim;

    RequestLines(Victim victim) {
        this.victim = victim;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void get(String uri) {
        victim.send("GET", uri, new byte[0], "", "application/json");
    }

    private static String encoded(byte[] value) {
        return URLEncoder.encode(new String(value, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Nothing here may connect anywhere. */
    private static boolean leavesTheProcess(String uri) {
        return uri.contains("/proxy")
                || uri.contains("exec")
                || uri.contains("attach")
                || uri.contains("portforward")
                || uri.contains("%") && !uri.startsWith("/api/v1/namespaces/default/configmaps");
    }

    void path(byte[] rest) {
        String uri = "/" + text(rest);
        if (leavesTheProcess(uri)) {
            return;
        }
        get(uri);
        victim.send("PUT", uri, new byte[] {'{', '}'}, "application/json", "application/yaml");
    }

    void query(byte[] query) {
        get(PODS + "?" + text(query));
        get(Victim.NS + "/pods/a?" + text(query));
        victim.send(
                "PATCH",
                Victim.NS + "/configmaps/a?dryRun=All&" + text(query),
                new byte[] {'{', '}'},
                "application/merge-patch+json",
                "");
    }

    void labelSelector(byte[] selector) {
        get(PODS + "?labelSelector=" + encoded(selector));
    }

    void fieldSelector(byte[] selector) {
        get(PODS + "?fieldSelector=" + encoded(selector));
    }

    /** The token itself, and what is in one. */
    void continueToken(byte[] token) {
        get(PODS + "?limit=1&continue=" + encoded(token));
        get(PODS + "?limit=1&continue="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    }

    void mediaTypes(byte[] header) {
        victim.send("GET", PODS, new byte[0], "", text(header));
        victim.send("POST", Victim.NS + "/configmaps?dryRun=All", new byte[] {'{', '}'}, text(header), "");
    }
}
