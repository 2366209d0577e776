package io.kubespring.apiserver.proxy;

import io.kubespring.api.error.StatusException;

/**
 * The name in a proxy's path: "name", "name:port" or "scheme:name:port".
 *
 * @param scheme "http", "https" or empty
 * @param port a number or a name; empty for the default
 */
record SchemeNamePort(String scheme, String name, String port) {

    /**
     * @param kind "pod", "service" or "node"
     * @throws StatusException 400
     */
    static SchemeNamePort parse(String kind, String text) {
        String[] parts = text.split(":", -1);
        SchemeNamePort read = switch (parts.length) {
            case 1 -> new SchemeNamePort("", parts[0], "");
            case 2 -> new SchemeNamePort("", parts[0], parts[1]);
            case 3 -> new SchemeNamePort(parts[0], parts[1], parts[2]);
            default -> new SchemeNamePort("", "", "");
        };
        boolean known = read.scheme.isEmpty() || read.scheme.equals("http") || read.scheme.equals("https");
        if (read.name.isEmpty() || !known) {
            throw StatusException.badRequest("invalid " + kind + " request \"" + text + "\"");
        }
        return read;
    }
}
