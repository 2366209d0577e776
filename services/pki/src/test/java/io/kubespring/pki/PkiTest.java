package io.kubespring.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.client.rest.Kubeconfig;
import io.kubespring.service.flags.Flags;
import io.kubespring.service.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    @BeforeEach
    void make() {
        make(NOW, "--nodes=one,two");
    }

    private void make(Instant now, String... more) {
        var given = Stream.concat(Stream.of("--directory=" + directory), Stream.of(more));
        Pki.make(Flags.bind("pki", PkiFlags.class, given.toArray(String[]::new)), now);
    }

    private X509Certificate certificate(String file) throws Exception {
        return Pem.certificates(Files.readAllBytes(directory.resolve(file))).getFirst();
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
            for (Path each : files.toList()) {
                found.put(directory.relativize(each).toString(), Files.readString(each));
            }
        }
        return found;
    }

    @Test
    void everyComponentHasWhatItNeedsAndNoAuthoritysKey() throws IOException {
        assertThat(contents().keySet())
                .contains(
                        "etcd/etcd-server.crt",
                        "etcd/etcd-ca.crt",
                        "apiserver/apiserver.key",
                        "apiserver/sa.key",
                        "apiserver/apiserver-etcd-client.crt",
                        "controller-manager/kubeconfig",
                        "scheduler/kubeconfig",
                        "dns/kubeconfig",
                        "gateway/front-proxy-client.key",
                        "one/kubelet.conf",
                        "one/kube-proxy.conf",
                        "two/flannel.conf",
                        "admin/admin.conf")
                .noneMatch(name -> name.endsWith("ca.key") && !name.startsWith("authorities/"));
    }

    @Test
    void aFolderIsReadByItsUserOnly() throws IOException {
        for (var owned : Map.of("authorities", 0, "etcd", 2379, "apiserver", 6443, "scheduler", 10259, "one", 0)
                .entrySet()) {
            Path folder = directory.resolve(owned.getKey());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(Files.getAttribute(folder, "unix:uid")).isEqualTo(owned.getValue());
        }
        Path key = directory.resolve("apiserver/sa.key");
        assertThat(Files.getAttribute(key, "unix:uid")).isEqualTo(6443);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void aNodeIsWhoItSaysAndNothingElse() throws Exception {
        assertThat(certificate("one/kubelet.crt").getSubjectAlternativeNames())
                .extracting(each -> each.get(1).toString())
                .containsExactly("one");
        assertThat(Kubeconfig.load(directory.resolve("one/kubelet.conf"))).isNotNull();
        assertThat(certificate("authorities/.one-kubelet.conf-client.crt")
                        .getSubjectX500Principal()
                        .getName())
                .contains("CN=system:node:one", "O=system:nodes");
    }

    @Test
    void runningItAgainChangesNothing() throws IOException {
        var before = contents();
        make(NOW.plus(Duration.ofDays(100)), "--nodes=one,two");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void whatSoonEndsIsMadeAnew() throws Exception {
        byte[] before = Files.readAllBytes(directory.resolve("apiserver/apiserver.crt"));
        var authority = certificate("apiserver/ca.crt");
        make(NOW.plus(Duration.ofDays(350)), "--nodes=one,two");
        assertThat(Files.readAllBytes(directory.resolve("apiserver/apiserver.crt")))
                .isNotEqualTo(before);
        certificate("apiserver/apiserver.crt").verify(authority.getPublicKey());
    }

    @Test
    void aNodeThatIsAddedLeavesTheOthersAlone() throws IOException {
        var before = contents();
        make(NOW, "--nodes=one,two,three");
        assertThat(contents()).containsAllEntriesOf(before).containsKey("three/kubelet.conf");
    }
}
