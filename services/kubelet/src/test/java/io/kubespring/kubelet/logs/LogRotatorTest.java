package io.kubespring.kubelet.logs;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.kubelet.config.ContainerSettings;
import io.kubespring.kubelet.fake.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotatorTest {

    @TempDir
    Path folder;

    @Test
    void largeLogsAreRenamedCompressedAndInTheEndDeleted() throws IOException {
        try (var bench = new Workbench(folder)) {
            bench.syncer.sync(pod("containers: [{name: main, image: 'app:1'}]"));
            Path log = Path.of(bench.runtime.newest("main").getLogPath());
            var rotator =
                    new LogRotator(bench.runtime, ContainerSettings.defaults().logRotation(100, 3), bench.time);
            Files.writeString(log, "small");
            rotator.rotate();
            assertThat(names(log)).containsExactly("0.log");

            for (int round = 0; round < 4; round++) {
                Files.writeString(log, "x".repeat(100));
                rotator.rotate();
                bench.pass(Duration.ofMinutes(1));
            }
            assertThat(bench.runtime.calls)
                    .contains("reopen " + bench.runtime.newest("main").getId());
            assertThat(names(log)).containsExactly("0.log.20260101-000200.gz", "0.log.20260101-000300");
        }
    }

    private static String[] names(Path log) throws IOException {
        try (var files = Files.list(log.resolveSibling("."))) {
            return files.map(each -> each.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }
}
