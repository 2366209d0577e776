package io.kubespring.storage.etcd;

import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/** Opens the channel to all members: see {@link MemberBalancer}. Keep-alive finds dead connections. */
final class EtcdChannel {

    /**
     * A member that is silent while it is waited for loses its connection after the two together, and requests go to the
     * others, within the time that each has. etcd suffers no more than one ping in five seconds; upstream waits for 30 and 10.
     */
    private static final int KEEP_ALIVE_SECONDS = 6;

    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 3;

    /** A page or a watch response beyond this fails; pages are then asked for in halves. */
    static final int MAX_INBOUND_BYTES = 64 << 20;

    static {
        NameResolverRegistry.getDefaultRegistry().register(new EndpointResolver());
        LoadBalancerRegistry.getDefaultRegistry().register(new MemberBalancer.Provider());
    }

    private EtcdChannel() {}

    static ManagedChannel open(EtcdOptions options) {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(EndpointResolver.target(options.endpoints()))
                .defaultLoadBalancingPolicy(MemberBalancer.NAME)
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
            Path ca = options.caFile();
            if (ca != null) {
                builder.trustManager(new ReloadedTrust(ca));
            }
            Path certificate = options.certFile();
            Path key = options.keyFile();
            if (certificate != null && key != null) {
                builder.keyManager(new ReloadedIdentity(certificate, key));
            }
            return builder.build();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "etcd-cafile, etcd-certfile, etcd-keyfile: unusable certificate or key: " + unusable.getMessage(),
                    unusable);
        }
    }
}
