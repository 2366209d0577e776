package io.kubespring.storage.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How etcd is reached and used.
 *
 * @param endpoints "http://host:port" or "https://host:port", all of one scheme, members of one cluster
 * @param caFile who vouches for the members; null for the JDK's own trust
 * @param certFile, keyFile what we identify ourselves with; null for nothing
 * @param prefix of all our keys in etcd, in place of {@link #LOGICAL_ROOT}
 * @param compactionInterval how often one of the API servers compacts; zero for never
 * @param requestTimeout after which a request that is not answered has failed
 */
public record EtcdOptions(
        List<URI> endpoints,
        @Nullable Path caFile,
        @Nullable Path certFile,
        @Nullable Path keyFile,
        String prefix,
        Duration compactionInterval,
        Duration requestTimeout) {

    /** What the keys that we are given begin with. */
    public static final String LOGICAL_ROOT = "/registry";

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    static final Duration DEFAULT_COMPACTION = Duration.ofMinutes(5);

    public EtcdOptions {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("etcd-servers: none given");
        }
        String scheme = endpoints.getFirst().getScheme();
        for (URI endpoint : endpoints) {
            boolean known = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
            if (!known || endpoint.getHost() == null || !endpoint.getScheme().equals(scheme)) {
                throw new IllegalArgumentException("etcd-servers: " + endpoint
                        + " is not of the form http://host:port or https://host:port, one scheme for all");
            }
        }
        if ((certFile == null) != (keyFile == null)) {
            throw new IllegalArgumentException("etcd-certfile and etcd-keyfile must be given together");
        }
    }

    /** Without TLS, and with the defaults. */
    public static EtcdOptions of(String... endpoints) {
        return new EtcdOptions(
                List.of(endpoints).stream().map(URI::create).toList(),
                null,
                null,
                null,
                LOGICAL_ROOT,
                DEFAULT_COMPACTION,
                DEFAULT_TIMEOUT);
    }

    EtcdOptions withEndpoint(URI one) {
        return new EtcdOptions(List.of(one), caFile, certFile, keyFile, prefix, compactionInterval, requestTimeout);
    }

    public EtcdOptions withTls(Path ca, Path certificate, Path key) {
        return new EtcdOptions(endpoints, ca, certificate, key, prefix, compactionInterval, requestTimeout);
    }

    public EtcdOptions withPrefix(String given) {
        return new EtcdOptions(endpoints, caFile, certFile, keyFile, given, compactionInterval, requestTimeout);
    }

    public EtcdOptions withCompactionInterval(Duration given) {
        return new EtcdOptions(endpoints, caFile, certFile, keyFile, prefix, given, requestTimeout);
    }

    public EtcdOptions withRequestTimeout(Duration given) {
        return new EtcdOptions(endpoints, caFile, certFile, keyFile, prefix, compactionInterval, given);
    }

    boolean tls() {
        return "https".equals(endpoints.getFirst().getScheme());
    }
}
