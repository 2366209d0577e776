package io.kubespring.gateway.upstream;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One server, and what is known of its health: ready from the first good answer of its {@code /readyz} to the first
 * failed one, or the first connection that does not come about.
 */
public final class Endpoint {

    private static final int HTTPS = 443;
    private static final Set<String> OWN_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private final String scheme;
    private final String host;
    private final int port;
    private volatile boolean ready;
    private volatile int failures;

    /** Requests that nothing came back for yet. */
    final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Identities are passed on, so without TLS only what is on this machine.
     *
     * @throws IllegalArgumentException unless it is {@code https://host:port}, or {@code http://127.0.0.1:port}
     */
    public Endpoint(String url) {
        URI parsed = URI.create(url.strip());
        scheme = String.valueOf(parsed.getScheme());
        boolean usable = scheme.equals("https")
                || scheme.equals("http")
                        && parsed.getPort() > 0
                        && OWN_MACHINE.contains(String.valueOf(parsed.getHost()));
        if (!usable || parsed.getHost() == null) {
            throw new IllegalArgumentException("not an address, as https://host:6443: " + url);
        }
        String named = parsed.getHost();
        host = named.startsWith("[") ? named.substring(1, named.length() - 1) : named;
        port = parsed.getPort() < 0 ? HTTPS : parsed.getPort();
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public boolean ready() {
        return ready;
    }

    /** How often in a row it was found not ready. */
    int failures() {
        return failures;
    }

    void found(boolean answers) {
        ready = answers;
        failures = answers ? 0 : failures + 1;
    }

    /** A connection failed: the next probe decides. */
    void unreachable() {
        ready = false;
    }

    /** "https://10.0.0.1:6443" */
    public String origin() {
        return scheme + "://" + this;
    }

    /** "10.0.0.1:6443" */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
