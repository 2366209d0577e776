package io.kubespring.service.tls;

import io.kubespring.service.pki.CertificateAuthority;
import io.kubespring.service.pki.CertificateRequest;
import io.kubespring.service.pki.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A serving certificate of nobody known, for a component that was given none; its own authority follows it in the chain. */
record SelfSigned(List<X509Certificate> chain, PrivateKey key) {

    /**
     * @param directory where {@code <name>.crt} and {@code <name>.key} are kept for the next start; null for nowhere
     * @param name "kube-scheduler"
     */
    static SelfSigned of(@Nullable Path directory, String name, Instant now) {
        try {
            if (directory == null) {
                return make(name, now);
            }
            Path certificate = directory.resolve(name + ".crt");
            Path key = directory.resolve(name + ".key");
            if (Files.exists(certificate) && Files.exists(key)) {
                List<X509Certificate> chain = Pem.certificates(Files.readAllBytes(certificate));
                if (chain.getFirst().getNotAfter().toInstant().isAfter(now)) {
                    return new SelfSigned(chain, Pem.privateKey(Files.readAllBytes(key)));
                }
            }
            SelfSigned made = make(name, now);
            Files.createDirectories(directory);
            Pem.writeSecret(key, Pem.encode(made.key));
            Pem.writePublic(certificate, Pem.encode(made.chain.getFirst()) + Pem.encode(made.chain.getLast()));
            return made;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(
                    "cannot make a serving certificate for " + name + ": " + failure.getMessage(), failure);
        }
    }

    private static SelfSigned make(String name, Instant now) throws GeneralSecurityException {
        var names = new TreeSet<>(List.of("localhost", "127.0.0.1", name));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            names.add("localhost");
        }
        var authority = CertificateAuthority.create(name + "-ca@" + now.getEpochSecond(), now);
        var own = authority.issue(
                CertificateRequest.server(name + "@" + now.getEpochSecond(), new ArrayList<>(names)), now);
        return new SelfSigned(List.of(own.certificate(), authority.certificate()), own.key());
    }
}
