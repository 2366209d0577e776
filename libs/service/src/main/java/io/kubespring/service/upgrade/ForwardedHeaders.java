package io.kubespring.service.upgrade;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which headers pass through a proxy (RFC 9110, "hop-by-hop"). Whatever proved who the client is stays here: the far side
 * gets neither tokens nor identities that it could use elsewhere.
 */
public final class ForwardedHeaders {

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> CORS = Set.of(
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin");

    private static final String TOKEN_PROTOCOL = "base64url.bearer.authorization.k8s.io.";

    private ForwardedHeaders() {}

    /** All of a request's headers, those of an upgrade included. */
    public static void copy(HttpHeaders from, HttpHeaders to) {
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (isIdentity(name) || name.equals("expect") || name.equals("proxy-authorization")) {
                continue;
            }
            String value = name.equals("sec-websocket-protocol") ? withoutToken(header.getValue()) : header.getValue();
            if (!value.isEmpty() || header.getValue().isEmpty()) {
                to.add(header.getKey(), value);
            }
        }
    }

    /** A request's headers that are not about this connection. */
    public static void copyEndToEnd(HttpHeaders from, HttpHeaders to) {
        Set<String> dropped = connectionSpecific(from);
        copy(from, to);
        dropped.forEach(to::remove);
    }

    /** An answer's headers, without those about the far connection and without CORS, which is not the far side's to grant. */
    public static void copyAnswer(HttpHeaders from, HttpHeaders to) {
        Set<String> dropped = connectionSpecific(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!dropped.contains(name) && !CORS.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }

    /** Adds the client to the list of those that the request came through. */
    public static void appendForwardedFor(HttpHeaders headers, @Nullable InetSocketAddress client) {
        if (client == null || client.getAddress() == null) {
            return;
        }
        String address = client.getAddress().getHostAddress();
        List<String> before = headers.getAll("x-forwarded-for");
        headers.set("X-Forwarded-For", before.isEmpty() ? address : String.join(", ", before) + ", " + address);
    }

    private static Set<String> connectionSpecific(HttpHeaders headers) {
        var names = new java.util.HashSet<>(HOP_BY_HOP);
        for (String value : headers.getAll("connection")) {
            for (String name : value.split(",")) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static boolean isIdentity(String name) {
        return name.equals("authorization")
                || name.startsWith("x-remote-")
                || name.startsWith("impersonate-")
                || name.startsWith("x-http2-");
    }

    private static String withoutToken(String protocols) {
        List<String> kept = new ArrayList<>();
        for (String protocol : protocols.split(",")) {
            if (!protocol.strip().startsWith(TOKEN_PROTOCOL)) {
                kept.add(protocol.strip());
            }
        }
        return String.join(", ", kept);
    }
}
