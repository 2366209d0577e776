package io.kubespring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong before a cluster starts is one clear line. */
@Tag("host")
@ExtendWith(Cluster.class)
class UpTest {

    @TempDir
    static Path other;

    @BeforeAll
    static void theDataOfAnotherCluster() throws Exception {
        Files.createDirectories(other.resolve("data"));
    }

    private static Shell.Result up(String... flags) {
        var command = new java.util.ArrayList<>(List.of(
                "env",
                "KUBESPRING_DATA=" + other.resolve("data"),
                "KUBESPRING_RUN=" + other.resolve("run"),
                "./kubespring",
                "up"));
        command.addAll(List.of(flags));
        return Shell.run(Cluster.ROOT, "", command);
    }

    @Test
    void aWrongFlagIsNamed() {
        var result = up("--no-such-flag=1");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).contains("Error: unknown flag: --no-such-flag");
        assertThat(up("--secure-port=x").output()).contains("invalid argument \"x\" for \"--secure-port\"");
    }

    @Test
    void aPortInUseIsNamed() {
        var result = up();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).contains("port 6443 of the API server is in use by another process");
    }

    @Test
    void anUnknownCommandShowsTheCommandsThereAre() {
        var result = Cluster.kubespring("upp");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).contains("Usage: ./kubespring", "unknown command \"upp\"");
    }
}
