package io.kubespring.service.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPkiTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private X509Certificate read(String name) throws Exception {
        return Pem.certificates(Files.readAllBytes(directory.resolve(name + ".crt")))
                .getFirst();
    }

    @Test
    void aServingCertificateIsSignedByTheCaAndCarriesItsNames() throws Exception {
        new ClusterPki(directory, NOW)
                .serving("apiserver", "kube-apiserver", List.of("kubernetes", "10.96.0.1", "::1"));

        X509Certificate serving = read("apiserver");
        serving.verify(read("ca").getPublicKey());
        assertThat(serving.getSubjectAlternativeNames())
                .extracting(each -> each.get(1).toString())
                .containsExactly("kubernetes", "10.96.0.1", "0:0:0:0:0:0:0:1");
        assertThat(serving.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void runningItAgainKeepsEveryFile() throws Exception {
        new ClusterPki(directory, NOW).serving("apiserver", "kube-apiserver", List.of("a", "::1"));
        byte[] first = Files.readAllBytes(directory.resolve("apiserver.crt"));
        new ClusterPki(directory, NOW.plus(Duration.ofDays(1)))
                .serving("apiserver", "kube-apiserver", List.of("a", "::1"));
        assertThat(Files.readAllBytes(directory.resolve("apiserver.crt"))).isEqualTo(first);
    }

    @Test
    void aNewNameOrANearEndMakesANewCertificate() throws Exception {
        new ClusterPki(directory, NOW).serving("apiserver", "kube-apiserver", List.of("a"));
        X509Certificate first = read("apiserver");
        new ClusterPki(directory, NOW).serving("apiserver", "kube-apiserver", List.of("a", "b"));
        X509Certificate second = read("apiserver");
        assertThat(second).isNotEqualTo(first);
        new ClusterPki(directory, NOW.plus(Duration.ofDays(350))).serving("apiserver", "kube-apiserver", List.of("a"));
        assertThat(read("apiserver")).isNotEqualTo(second);
    }

    @Test
    void aKubeconfigCarriesTheUserAndItsGroups() throws Exception {
        Path file = directory.resolve("admin.conf");
        new ClusterPki(directory.resolve("pki"), NOW)
                .kubeconfig(file, "https://127.0.0.1:6443", "kubernetes-admin", "system:masters");
        assertThat(file).content().contains("server: https://127.0.0.1:6443").contains("user: kubernetes-admin");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        X509Certificate client = Pem.certificates(
                        Files.readAllBytes(directory.resolve("pki").resolve(".admin.conf-client.crt")))
                .getFirst();
        assertThat(client.getSubjectX500Principal().getName()).contains("CN=kubernetes-admin", "O=system:masters");
    }

    @Test
    void keysAreReadableByTheirOwnerOnly() throws Exception {
        new ClusterPki(directory, NOW);
        for (String name : List.of("ca.key", "sa.key", "front-proxy-ca.key")) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(name))).hasSize(2);
            assertThat(Pem.privateKey(Files.readAllBytes(directory.resolve(name))))
                    .isNotNull();
        }
    }
}
