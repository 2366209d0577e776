package io.kubespring.service.x509;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The certificates that a TLS client sent, as it sent them. Asked for once a connection: a session without any answers by
 * an exception, which no request should pay for again.
 */
public final class PeerCertificates {

    private static final AttributeKey<List<X509Certificate>> KEY = AttributeKey.valueOf("kubespring.peer");

    private PeerCertificates() {}

    /** @param requested a request's connection, or its stream of one */
    public static List<X509Certificate> of(Channel requested) {
        Channel channel = requested;
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null && channel.parent() != null) {
            channel = channel.parent(); // an HTTP/2 stream's connection
            tls = channel.pipeline().get(SslHandler.class);
        }
        if (tls == null) {
            return List.of();
        }
        List<X509Certificate> known = channel.attr(KEY).get();
        if (known == null) {
            known = read(tls);
            channel.attr(KEY).set(known);
        }
        return known;
    }

    private static List<X509Certificate> read(SslHandler tls) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate each : tls.engine().getSession().getPeerCertificates()) {
                if (each instanceof X509Certificate certificate) {
                    chain.add(certificate);
                }
            }
            return List.copyOf(chain);
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }
}
