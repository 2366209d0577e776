package io.kubespring.apiserver.proxy;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes links of a proxied page lead back through the proxy: those to the page's own host, with an absolute path.
 *
 * @param prefix the proxy's own path, encoded, without a slash at its end
 * @param sourceHost the far side's authority
 * @param requestHost the Host that the client asked for
 */
record LinkRewriter(String prefix, String sourceHost, String requestHost) {

    String rewrite(String link) {
        int path = pathStart(link);
        if (path < 0) {
            return link;
        }
        int end = pathEnd(link, path);
        String origin = link.substring(0, path);
        String host = origin.isEmpty() ? "" : origin.substring(origin.indexOf("//") + 2);
        boolean elsewhere = !host.isEmpty() && !host.equals(sourceHost) && !host.equals(requestHost);
        if (elsewhere || path == link.length() || link.charAt(path) != '/') {
            return link;
        }
        String kept = host.equals(requestHost) ? origin : "";
        String old = link.substring(path, end);
        String rest = link.substring(end);
        return kept + (old.startsWith(prefix) ? old : joined(old)) + rest;
    }

    /** Behind scheme and host; negative for a link that has no path (mailto:, data:). */
    private static int pathStart(String link) {
        int colon = 0;
        while (colon < link.length() && isSchemePart(link.charAt(colon))) {
            colon++;
        }
        boolean scheme = colon > 0 && colon < link.length() && link.charAt(colon) == ':';
        int at = scheme ? colon + 1 : 0;
        if (!link.startsWith("//", at)) {
            return scheme ? -1 : 0;
        }
        int end = at + 2;
        while (end < link.length() && "/?#".indexOf(link.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean isSchemePart(char letter) {
        return letter >= 'a' && letter <= 'z'
                || letter >= 'A' && letter <= 'Z'
                || letter >= '0' && letter <= '9'
                || letter == '+'
                || letter == '-'
                || letter == '.';
    }

    private static int pathEnd(String link, int from) {
        int end = from;
        while (end < link.length() && link.charAt(end) != '?' && link.charAt(end) != '#') {
            end++;
        }
        return end;
    }

    /** The prefix and a path, without "." and ".." and doubled slashes. */
    String joined(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : (prefix + path).split("/")) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> segments.pollLast();
                default -> segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments) + (path.endsWith("/") && !segments.isEmpty() ? "/" : "");
    }
}
