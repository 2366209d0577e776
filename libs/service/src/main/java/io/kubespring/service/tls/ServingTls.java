package io.kubespring.service.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;

/**
 * Makes a Reactor Netty server speak TLS with a PEM certificate and key. A client certificate is asked for and taken as it
 * comes: whoever authenticates requests verifies it against its own CA, so that a wrong one is an answer and not a broken
 * connection.
 */
public final class ServingTls {

    private ServingTls() {}

    /** HTTP/2 and HTTP/1.1 by ALPN. */
    public static NettyServerCustomizer http2(Path certificate, Path key) {
        var own = PemKeyManager.of(certificate, key);
        return http2(
                own == null
                        ? Http2SslContextSpec.forServer(certificate.toFile(), key.toFile())
                        : Http2SslContextSpec.forServer(own));
    }

    static NettyServerCustomizer http2(SelfSigned own) {
        return http2(Http2SslContextSpec.forServer(PemKeyManager.of(own)));
    }

    private static NettyServerCustomizer http2(Http2SslContextSpec made) {
        var context = made.configure(
                each -> each.clientAuth(ClientAuth.OPTIONAL).trustManager(InsecureTrustManagerFactory.INSTANCE));
        return server -> server.protocol(HttpProtocol.H2, HttpProtocol.HTTP11).secure(spec -> spec.sslContext(context));
    }

    /** HTTP/1.1 only, for servers whose clients upgrade their connections. */
    public static NettyServerCustomizer http1(Path certificate, Path key) {
        var own = PemKeyManager.of(certificate, key);
        var context = (own == null
                        ? Http11SslContextSpec.forServer(certificate.toFile(), key.toFile())
                        : Http11SslContextSpec.forServer(own))
                .configure(each ->
                        each.clientAuth(ClientAuth.OPTIONAL).trustManager(InsecureTrustManagerFactory.INSTANCE));
        return server -> server.protocol(HttpProtocol.HTTP11).secure(spec -> spec.sslContext(context));
    }
}
