package io.kubespring.client.rest;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayInputStream;
import javax.net.ssl.SSLException;

/** The TLS side of a kubeconfig. Keys are PKCS#8 PEM. */
final class ClientTls {

    private ClientTls() {}

    static SslContext of(Kubeconfig config) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1));
            if (config.caPem() != null) {
                builder.trustManager(new ByteArrayInputStream(config.caPem()));
            }
            if (config.clientCertificatePem() != null && config.clientKeyPem() != null) {
                builder.keyManager(
                        new ByteArrayInputStream(config.clientCertificatePem()),
                        new ByteArrayInputStream(config.clientKeyPem()));
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "kubeconfig: unusable certificate or key (keys must be PKCS#8 PEM): " + unusable.getMessage(),
                    unusable);
        }
    }
}
