package io.kubespring.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerdConfigTest {

    @TempDir
    Path folder;

    @Test
    void everythingItOwnsIsItsOwn() {
        String toml = new ContainerdConfig(
                        Path.of("/r"),
                        Path.of("/s"),
                        Path.of("/s/c.sock"),
                        Path.of("/usr/lib/cni"),
                        Path.of("/cni"),
                        Path.of("/certs.d"),
                        "pause:1",
                        true)
                .toToml();
        assertThat(toml)
                .contains("root = \"/r\"", "state = \"/s\"", "address = \"/s/c.sock\"")
                .contains("sandbox_image = \"pause:1\"", "restrict_oom_score_adj = true")
                .contains("bin_dir = \"/usr/lib/cni\"", "conf_dir = \"/cni\"", "config_path = \"/certs.d\"");
    }

    @Test
    void readsOneCapabilityFromTheMask() throws IOException {
        Path status = folder.resolve("status");
        Files.writeString(status, "Name:\tjava\nCapEff:\t0000000001000000\n");
        assertThat(Capabilities.has(status, 24)).isTrue();
        assertThat(Capabilities.has(status, 23)).isFalse();
        assertThat(Capabilities.has(folder.resolve("absent"), 24)).isFalse();
    }
}
