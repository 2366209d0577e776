package io.kubespring.kubelet.server;

import io.kubespring.kubelet.config.ServerSettings;
import io.kubespring.service.pki.CertificateAuthority;
import io.kubespring.service.pki.CertificateRequest;
import io.kubespring.service.pki.Pem;
import io.kubespring.service.x509.TrustAnchors;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The serving certificate, and the CA of client certificates. */
final class ServerTls {

    private ServerTls() {}

    /** With the given files, or else a certificate signed by nobody known. */
    static SslContext context(ServerSettings settings, String nodeName, String address, Instant now)
            throws IOException, GeneralSecurityException {
        Path certificate = settings.tlsCertFile();
        Path key = settings.tlsPrivateKeyFile();
        SslContextBuilder builder;
        if (certificate != null && key != null) {
            builder = SslContextBuilder.forServer(certificate.toFile(), key.toFile());
        } else {
            var authority = CertificateAuthority.create(nodeName + "-ca@" + now.getEpochSecond(), now);
            var own = authority.issue(
                    CertificateRequest.server("system:node:" + nodeName, List.of(nodeName, address)), now);
            builder = SslContextBuilder.forServer(own.key(), own.certificate());
        }
        // Asked for but not verified here: a wrong certificate is an answer, not a broken connection.
        return builder.clientAuth(ClientAuth.OPTIONAL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();
    }

    static TrustAnchors authorities(@Nullable Path file) throws IOException, GeneralSecurityException {
        return file == null
                ? TrustAnchors.of()
                : TrustAnchors.of(Pem.certificates(Files.readAllBytes(file)).toArray(X509Certificate[]::new));
    }
}
