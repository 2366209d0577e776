package io.kubespring.gateway.upstream;

import io.kubespring.gateway.identity.Caller;
import io.kubespring.service.connection.KeepAlive;
import io.kubespring.service.upgrade.UpgradeClient;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Connections to the API servers, in two pools that share nothing: one with the front-proxy certificate, for requests whose
 * identity the gateway vouches for, and one without any, for those that bring a token or nothing. HTTP/1.1: a watch that is
 * ended takes its own connection with it and no other request.
 */
public final class Connections implements AutoCloseable {

    private static final int MOST_PER_SERVER = 8192;
    private static final int MOST_WAITING = 1024;
    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration HANDSHAKE = Duration.ofSeconds(3);
    private static final Duration FOR_ROOM = Duration.ofSeconds(5);

    /** Shorter than the API server's own (90 s): else it could end a connection that a request is just put on. */
    private static final Duration IDLE = Duration.ofSeconds(45);

    private final ConnectionProvider vouchedPool = pool("vouched");
    private final ConnectionProvider plainPool = pool("plain");
    private final SslContext vouchedTls;
    private final SslContext plainTls;
    private final HttpClient vouched;
    private final HttpClient plain;

    /**
     * @param authorities PEM bundle that the API servers' certificates are verified with; null for the system's
     * @param certificate of the front proxy; null where no client certificate counts
     */
    public Connections(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
        try {
            plainTls = trusting(authorities).build();
            vouchedTls = certificate == null || key == null
                    ? plainTls
                    : trusting(authorities)
                            .keyManager(certificate.toFile(), key.toFile())
                            .build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "cannot set up TLS to the API servers: " + unusable.getMessage(), unusable);
        }
        plain = client(plainPool, plainTls);
        vouched = client(vouchedPool, vouchedTls);
    }

    private static SslContextBuilder trusting(@Nullable Path authorities) {
        var builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        return authorities == null ? builder : builder.trustManager(authorities.toFile());
    }

    private static ConnectionProvider pool(String name) {
        return ConnectionProvider.builder("apiservers-" + name)
                .maxConnections(MOST_PER_SERVER)
                .pendingAcquireMaxCount(MOST_WAITING)
                .pendingAcquireTimeout(FOR_ROOM)
                .maxIdleTime(IDLE)
                .evictInBackground(IDLE)
                .lifo()
                .build();
    }

    private static HttpClient client(ConnectionProvider pool, SslContext tls) {
        return HttpClient.create(pool)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .doOnChannelInit((observer, channel, remote) -> KeepAlive.enable(channel))
                // Only the forwarding knows what may be sent twice.
                .disableRetry(true)
                .secure(spec -> spec.sslContext(tls).handshakeTimeout(HANDSHAKE));
    }

    /** For requests in a caller's name. */
    public HttpClient http(Caller caller) {
        return switch (caller) {
            case Caller.Certified vouchedFor -> vouched;
            case Caller.Bearer token -> plain;
            case Caller.Unknown nobody -> plain;
        };
    }

    /** For the gateway's own questions, which need no identity. */
    HttpClient anonymous() {
        return plain;
    }

    /** For a connection of its own. */
    public UpgradeClient.Target target(Caller caller, Endpoint server) {
        SslContext tls = switch (caller) {
            case Caller.Certified vouchedFor -> vouchedTls;
            case Caller.Bearer token -> plainTls;
            case Caller.Unknown nobody -> plainTls;
        };
        return new UpgradeClient.Target(server.host(), server.port(), tls);
    }

    @Override
    public void close() {
        vouchedPool.dispose();
        plainPool.dispose();
    }
}
