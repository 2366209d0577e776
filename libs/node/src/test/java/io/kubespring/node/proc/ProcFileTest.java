package io.kubespring.node.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcFileTest {

    @Test
    void aParameterIsReadWhole() throws IOException {
        assertThat(Long.parseLong(ProcFile.read(Path.of("/proc/sys/kernel/pid_max"))))
                .isGreaterThan(9);
    }
}
