package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.authentication.token.KeyFiles;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.service.pki.Pem;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.etcd.EtcdOptions;
import io.kubespring.storage.etcd.EtcdStore;
import io.kubespring.testing.etcd.EtcdServer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The etcd flags, over TLS with client certificates. */
class EtcdTlsTest {

    @Test
    void theServerKeepsItsObjectsInTheEtcdThatItsFlagsName(@TempDir Path folder) {
        ClusterPki pki = RunningServer.pkiIn(folder.resolve("etcd-pki"));
        pki.serving("etcd", "etcd", List.of("127.0.0.1", "localhost"));
        pki.client("etcd-client", "apiserver-etcd-client");
        try (EtcdServer etcd =
                EtcdServer.startWithTls(pki.file("ca.crt"), pki.file("etcd.crt"), pki.file("etcd.key"))) {
            var flags = Map.<String, Object>of(
                    "etcd-servers",
                    etcd.endpoint() + ",https://localhost:" + etcd.port(),
                    "etcd-cafile",
                    pki.file("ca.crt").toString(),
                    "etcd-certfile",
                    pki.file("etcd-client.crt").toString(),
                    "etcd-keyfile",
                    pki.file("etcd-client.key").toString(),
                    "etcd-prefix",
                    "/mine",
                    "etcd-compaction-interval",
                    "0s");
            try (var server = new RunningServer(folder, flags)) {
                assertThat(server.core().ready()).isTrue();
            }
            var raw = EtcdStore.open(
                    EtcdOptions.of(etcd.endpoint())
                            .withTls(pki.file("ca.crt"), pki.file("etcd-client.crt"), pki.file("etcd-client.key")),
                    SystemTime.instance());
            assertThat(raw.get("/mine/namespaces/kube-system").join()).isNotNull();
            assertThat(raw.count("/registry/").join()).isZero();
            raw.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void keysMayBeInTheFormsOfOpenssl(String algorithm, @TempDir Path folder) throws Exception {
        ClusterPki pki = RunningServer.pkiIn(folder.resolve("pki"));
        pki.serving("etcd", "etcd", List.of("127.0.0.1"));
        var generator = KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider());
        generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
        KeyPair pair = generator.generateKeyPair();
        Path certificate = folder.resolve("client.crt");
        Path key = folder.resolve("client.key");
        Files.writeString(certificate, Pem.encode(signed(pki, pair)));
        try (var writer = new JcaPEMWriter(Files.newBufferedWriter(key))) {
            writer.writeObject(pair);
        }
        assertThat(key).content().contains("BEGIN " + algorithm + " PRIVATE KEY");
        try (EtcdServer etcd = EtcdServer.startWithTls(pki.file("ca.crt"), pki.file("etcd.crt"), pki.file("etcd.key"));
                Store store = open(etcd, pki.file("ca.crt"), certificate, key)) {
            assertThat(store.currentRevision().join()).isPositive();
        }
    }

    private static X509Certificate signed(ClusterPki pki, KeyPair pair) throws Exception {
        PrivateKey authority = KeyFiles.privateKey(pki.file("ca.key"));
        X509Certificate issuer =
                Pem.certificates(Files.readAllBytes(pki.file("ca.crt"))).getFirst();
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.TEN,
                issuer.getNotBefore(),
                issuer.getNotAfter(),
                new X500Principal("CN=apiserver-etcd-client"),
                pair.getPublic());
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        String signature = authority.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(authority)));
    }

    @Test
    void certificatesAreReadAgainForEachConnection(@TempDir Path folder) throws IOException {
        ClusterPki pki = RunningServer.pkiIn(folder.resolve("pki"));
        pki.serving("etcd", "etcd", List.of("127.0.0.1"));
        pki.client("client", "apiserver-etcd-client");
        ClusterPki stranger = RunningServer.pkiIn(folder.resolve("stranger"));
        stranger.client("client", "apiserver-etcd-client");
        Path ca = copy(stranger.file("ca.crt"), folder.resolve("ca.crt"));
        Path certificate = copy(stranger.file("client.crt"), folder.resolve("client.crt"));
        Path key = copy(stranger.file("client.key"), folder.resolve("client.key"));
        try (EtcdServer etcd = EtcdServer.startWithTls(pki.file("ca.crt"), pki.file("etcd.crt"), pki.file("etcd.key"));
                Store store = open(etcd, ca, certificate, key)) {
            assertThatThrownBy(() -> store.currentRevision().join())
                    .as("an etcd that the CA does not vouch for")
                    .hasCauseInstanceOf(StoreException.Unavailable.class);
            copy(pki.file("ca.crt"), ca);
            assertThatThrownBy(() -> store.currentRevision().join())
                    .as("an etcd that does not know us")
                    .hasCauseInstanceOf(StoreException.Unavailable.class);
            Files.writeString(certificate, "half written");
            assertThatThrownBy(() -> store.currentRevision().join())
                    .as("files that cannot be used leave the last ones in force")
                    .hasCauseInstanceOf(StoreException.Unavailable.class);
            copy(pki.file("client.key"), key);
            copy(pki.file("client.crt"), certificate);
            assertThat(store.currentRevision().join()).isPositive();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        return Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Store open(EtcdServer etcd, Path ca, Path certificate, Path key) {
        return EtcdStore.open(
                EtcdOptions.of(etcd.endpoint()).withTls(ca, certificate, key).withRequestTimeout(Duration.ofSeconds(2)),
                SystemTime.instance());
    }
}
