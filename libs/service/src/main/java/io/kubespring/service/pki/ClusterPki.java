package io.kubespring.service.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes and keeps the files of one cluster's PKI in a directory with kubeadm's names: separate CAs for clients and
 * servers ({@code ca}) and the front proxy ({@code front-proxy-ca}), the service-account key pair, serving certificates,
 * and one kubeconfig a component. Running it again changes only what is missing, about to expire (30 days), signed by
 * another CA, or made for other names.
 */
public final class ClusterPki {

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path directory;
    private final Instant now;
    private final CertificateAuthority ca;
    private final CertificateAuthority frontProxyCa;

    public ClusterPki(Path directory, Instant now) {
        this.directory = directory;
        this.now = now;
        try {
            ca = CertificateAuthority.loadOrCreate(directory, "ca", "kubernetes", now);
            frontProxyCa =
                    CertificateAuthority.loadOrCreate(directory, "front-proxy-ca", "kubernetes-front-proxy-ca", now);
            serviceAccountKeys();
            issue("front-proxy-client", frontProxyCa, CertificateRequest.client("front-proxy-client"));
        } catch (IOException | GeneralSecurityException failure) {
            throw broken("the certificate authorities", failure);
        }
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    private void serviceAccountKeys() throws GeneralSecurityException {
        if (Files.exists(file("sa.key")) && Files.exists(file("sa.pub"))) {
            return;
        }
        // RSA, because tokens are verified far more often than signed, and that is the cheap half of RSA.
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        Pem.writeSecret(file("sa.key"), Pem.encode(pair.getPrivate()));
        Pem.writePublic(
                file("sa.pub"), Pem.encode("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    /** Writes {@code <name>.crt} and {@code <name>.key}, signed by the cluster's CA. */
    public void serving(String name, String commonName, Collection<String> names) {
        try {
            issue(name, ca, CertificateRequest.server(commonName, List.copyOf(names)));
        } catch (IOException | GeneralSecurityException failure) {
            throw broken(name, failure);
        }
    }

    /**
     * Writes what an etcd and its clients know each other by, signed by an authority of their own: {@code etcd-server} for the
     * members, {@code apiserver-etcd-client}, and the authority as {@code etcd-ca}.
     */
    public void etcd(Collection<String> names) {
        try {
            var etcdCa = CertificateAuthority.loadOrCreate(directory, "etcd-ca", "etcd-ca", now);
            issue("etcd-server", etcdCa, CertificateRequest.peer("etcd", List.copyOf(names)));
            issue("apiserver-etcd-client", etcdCa, CertificateRequest.client("kube-apiserver-etcd-client"));
        } catch (IOException | GeneralSecurityException failure) {
            throw broken("etcd's certificates", failure);
        }
    }

    /** Writes {@code <name>.crt} and {@code <name>.key} for a client of a kubelet or of the API server. */
    public void client(String name, String user, String... groups) {
        try {
            issue(name, ca, CertificateRequest.client(user, groups));
        } catch (IOException | GeneralSecurityException failure) {
            throw broken(name, failure);
        }
    }

    /** Writes a kubeconfig with a client certificate inside; an existing, still good one stays. */
    public void kubeconfig(Path file, String server, String user, String... groups) {
        String name = "." + file.getFileName() + "-client";
        try {
            issue(name, ca, CertificateRequest.client(user, groups));
            String content = KubeconfigFile.render(
                    server,
                    Pem.encode(ca.certificate()),
                    user,
                    Files.readString(file(name + ".crt")),
                    Files.readString(file(name + ".key")));
            if (!Files.exists(file) || !Files.readString(file).equals(content)) {
                Pem.writeSecret(file, content);
            }
        } catch (IOException | GeneralSecurityException failure) {
            throw broken(file.toString(), failure);
        }
    }

    private void issue(String name, CertificateAuthority authority, CertificateRequest request)
            throws IOException, GeneralSecurityException {
        Path certificateFile = file(name + ".crt");
        Path keyFile = file(name + ".key");
        if (Files.exists(certificateFile) && Files.exists(keyFile) && stillGood(certificateFile, authority, request)) {
            return;
        }
        SignedCertificate signed = authority.issue(request, now);
        Pem.writeSecret(keyFile, Pem.encode(signed.key()));
        Pem.writePublic(certificateFile, Pem.encode(signed.certificate()));
    }

    private boolean stillGood(Path file, CertificateAuthority authority, CertificateRequest request)
            throws IOException {
        try {
            X509Certificate found = Pem.certificates(Files.readAllBytes(file)).getFirst();
            found.verify(authority.certificate().getPublicKey());
            return found.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE))
                    && alternativeNames(found).containsAll(normalized(request.names()));
        } catch (GeneralSecurityException otherAuthority) {
            return false;
        }
    }

    private static Set<String> alternativeNames(X509Certificate certificate) throws GeneralSecurityException {
        var names = certificate.getSubjectAlternativeNames();
        return names == null
                ? Set.of()
                : normalized(names.stream().map(each -> each.get(1).toString()).toList());
    }

    private static Set<String> normalized(Collection<String> names) {
        return names.stream().map(ClusterPki::normalized).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String normalized(String name) {
        try {
            return CertificateRequest.isAddress(name)
                    ? InetAddress.getByName(name).getHostAddress()
                    : name;
        } catch (UnknownHostException notAnAddress) {
            return name;
        }
    }

    private IllegalStateException broken(String what, Exception failure) {
        return failure instanceof IOException io
                ? new IllegalStateException("cannot read or write " + what, new UncheckedIOException(io))
                : new IllegalStateException("cannot make " + what + " in " + directory, failure);
    }
}
