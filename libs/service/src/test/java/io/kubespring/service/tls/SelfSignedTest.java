package io.kubespring.service.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTest {

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    @Test
    void aDirectoryKeepsItUntilItExpires() {
        var first = SelfSigned.of(directory, "kube-sample", now);
        assertThat(directory.resolve("kube-sample.key")).exists();
        assertThat(SelfSigned.of(directory, "kube-sample", now)).isEqualTo(first);
        assertThat(SelfSigned.of(directory, "kube-sample", now.plus(Duration.ofDays(400))))
                .isNotEqualTo(first);
        assertThat(SelfSigned.of(null, "kube-sample", now)).isNotEqualTo(first);
    }

    @Test
    void aCertificateNeedsItsKey() {
        assertThatThrownBy(() -> new SecureServingFlags("127.0.0.1", 0, null, directory, null))
                .hasMessageContaining("need each other");
    }
}
