package io.kubespring.service.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.service.pki.ClusterPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemKeyManagerTest {

    @TempDir
    Path folder;

    @Test
    void showsTheChainToClientsThatTakeItsKindOfKey() {
        var pki = new ClusterPki(folder, Instant.parse("2026-01-01T00:00:00Z"));
        pki.serving("server", "kube-apiserver", List.of("localhost"));
        var manager = PemKeyManager.of(pki.file("server.crt"), pki.file("server.key"));
        assertThat(manager).isNotNull();
        String alias = manager.chooseEngineServerAlias("EC", null, null);
        assertThat(alias).isNotNull();
        assertThat(manager.getCertificateChain(alias)[0]
                        .getSubjectX500Principal()
                        .getName())
                .contains("kube-apiserver");
        assertThat(manager.getPrivateKey(alias).getAlgorithm()).isEqualTo("EC");
        assertThat(manager.chooseEngineServerAlias("RSA", null, null)).isNull();
    }

    @Test
    void leavesOtherFormatsToNetty() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "-----BEGIN EC PRIVATE KEY-----\n");
        assertThat(PemKeyManager.of(key, key)).isNull();
        assertThat(PemKeyManager.of(folder.resolve("nowhere"), key)).isNull();
    }
}
