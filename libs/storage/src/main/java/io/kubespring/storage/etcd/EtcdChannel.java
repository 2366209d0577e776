package io.kubespring.storage.etcd;

import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Opens the channel to all members: requests take turns among those that answer. Keep-alive finds dead connections. */
final class EtcdChannel {

    /** Upstream's. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 10;

    /** A page or a watch response beyond this fails; pages are then asked for in halves. */
    static final int MAX_INBOUND_BYTES = 64 << 20;

    private static final EndpointResolver RESOLVER = new EndpointResolver();

    private EtcdChannel() {}

    static ManagedChannel open(EtcdOptions options) {
        NameResolverRegistry.getDefaultRegistry().register(RESOLVER);
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(EndpointResolver.target(options.endpoints()))
                .defaultLoadBalancingPolicy("round_robin")
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAX_INBOUND_BYTES)
                .disableRetry()
                .idleTimeout(1, TimeUnit.DAYS);
        return (options.tls() ? builder.sslContext(tls(options)) : builder.usePlaintext()).build();
    }

    private static SslContext tls(EtcdOptions options) {
        try {
            SslContextBuilder builder = GrpcSslContexts.forClient();
            if (options.caFile() != null) {
                builder.trustManager(file(options.caFile()));
            }
            if (options.certFile() != null) {
                builder.keyManager(file(options.certFile()), file(options.keyFile()));
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "etcd-cafile, etcd-certfile, etcd-keyfile: unusable certificate or key: " + unusable.getMessage(),
                    unusable);
        }
    }

    private static @Nullable File file(@Nullable Path path) {
        return path == null ? null : path.toFile();
    }
}
