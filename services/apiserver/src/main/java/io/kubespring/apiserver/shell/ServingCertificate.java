package io.kubespring.apiserver.shell;

import io.kubespring.service.pki.ClusterPki;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The certificate that the secure port shows: the configured one, else one of our own making in {@code --cert-dir}. */
record ServingCertificate(Path certificate, Path key) {

    static ServingCertificate of(ApiServerProperties properties, Instant now) {
        Path certificate = properties.tlsCertFile();
        Path key = properties.tlsPrivateKeyFile();
        if (certificate != null && key != null) {
            return new ServingCertificate(certificate, key);
        }
        if (certificate != null || key != null) {
            throw new IllegalArgumentException("--tls-cert-file and --tls-private-key-file need each other");
        }
        var pki = new ClusterPki(properties.certDir(), now);
        pki.serving(
                "apiserver",
                "kube-apiserver",
                List.of("localhost", "127.0.0.1", hostName(), "kubernetes.default.svc", "kubernetes"));
        return new ServingCertificate(pki.file("apiserver.crt"), pki.file("apiserver.key"));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
