package io.kubespring.gateway.identity;

import io.kubespring.service.x509.CertificateSubject;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the API server sees. Whoever a client claims to be in front-proxy headers, in whatever spelling, is
 * dropped before anything is added ("authenticating proxy"); so is what belongs to the client's connection (RFC 9110,
 * "hop-by-hop"). Impersonation headers and tokens pass: they are the API server's to judge.
 */
public final class PassedHeaders {

    private static final String REMOTE = "x-remote-";
    private static final String HTTP2 = "x-http2-";
    private static final String FORWARDED_FOR = "x-forwarded-for";
    private static final String EXTRA = "X-Remote-Extra-" + CertificateSubject.CREDENTIAL_ID.replace("/", "%2f");
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "http2-settings");

    private PassedHeaders() {}

    /**
     * @param from of the client's request
     * @param to empty
     */
    public static void request(HttpHeaders from, HttpHeaders to, Caller caller, @Nullable InetSocketAddress client) {
        Set<String> named = namedByConnection(from);
        Iterator<Map.Entry<CharSequence, CharSequence>> headers = from.iteratorCharSequence();
        while (headers.hasNext()) {
            var header = headers.next();
            String name = header.getKey().toString().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !named.contains(name) && !claims(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
        if (client != null && client.getAddress() != null) {
            String before = String.join(", ", from.getAll(FORWARDED_FOR));
            String address = client.getAddress().getHostAddress();
            to.set("X-Forwarded-For", before.isEmpty() ? address : before + ", " + address);
        }
        if (caller instanceof Caller.Certified certified) {
            to.remove(HttpHeaderNames.AUTHORIZATION);
            to.set("X-Remote-User", certified.subject().name());
            to.set("X-Remote-Group", certified.subject().groups());
            to.set(EXTRA, certified.credentialId());
        }
    }

    /** The same, and the wish to leave HTTP. */
    public static void upgrade(HttpHeaders from, HttpHeaders to, Caller caller, @Nullable InetSocketAddress client) {
        request(from, to, caller, client);
        to.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        to.set(HttpHeaderNames.UPGRADE, from.getAll(HttpHeaderNames.UPGRADE));
    }

    /** An answer's headers but those of the API server's connection. */
    public static void answer(HttpHeaders from, HttpHeaders to) {
        Set<String> named = namedByConnection(from);
        Iterator<Map.Entry<CharSequence, CharSequence>> headers = from.iteratorCharSequence();
        while (headers.hasNext()) {
            var header = headers.next();
            String name = header.getKey().toString().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !named.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }

    /** Servers behind other proxies read an underscore as a hyphen. */
    private static boolean claims(String name) {
        return name.startsWith("x")
                && (name.startsWith(HTTP2) || name.replace('_', '-').startsWith(REMOTE));
    }

    private static Set<String> namedByConnection(HttpHeaders headers) {
        List<String> values = headers.getAll(HttpHeaderNames.CONNECTION);
        if (values.isEmpty()) {
            return Set.of();
        }
        var names = new HashSet<String>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        // Nobody may have these dropped: they tell who asks, or where the body ends.
        names.removeAll(Set.of("host", "content-length", "authorization", "impersonate-user", "impersonate-group"));
        return names;
    }
}
