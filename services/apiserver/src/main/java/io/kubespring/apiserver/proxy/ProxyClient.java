package io.kubespring.apiserver.proxy;

import io.kubespring.apiserver.streaming.KubeletClient;
import io.kubespring.apiserver.streaming.KubeletEndpoint;
import io.kubespring.service.upgrade.UpgradeClient;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.time.Duration;
import javax.net.ssl.SSLException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Connections to what is proxied, pooled per address and for as long as the address is in use. */
public final class ProxyClient implements AutoCloseable {

    private static final int MOST_PER_ADDRESS = 500;
    private static final int CONNECT_MILLIS = 30_000;
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final ConnectionProvider connections = ConnectionProvider.builder("proxied")
            .maxConnections(MOST_PER_ADDRESS)
            .maxIdleTime(IDLE)
            .disposeInactivePoolsInBackground(IDLE, IDLE)
            .build();
    private final SslContext unverified;
    private final HttpClient plain;
    private final HttpClient secured;
    private final KubeletClient kubelets;

    public ProxyClient(KubeletClient kubelets) {
        this.kubelets = kubelets;
        try {
            unverified = SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException impossible) {
            throw new IllegalStateException(impossible);
        }
        plain = HttpClient.create(connections).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
        secured = plain.secure(spec -> spec.sslContext(unverified));
    }

    HttpClient http(Location location) {
        return switch (location.trust()) {
            case PLAIN -> plain;
            case UNVERIFIED -> secured;
            case KUBELET -> kubelets.http();
        };
    }

    /** For a connection of its own. */
    UpgradeClient.Target target(Location location) {
        return switch (location.trust()) {
            case PLAIN -> new UpgradeClient.Target(location.host(), location.port(), null);
            case UNVERIFIED -> new UpgradeClient.Target(location.host(), location.port(), unverified);
            case KUBELET -> kubelets.target(new KubeletEndpoint(location.host(), location.port()));
        };
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
