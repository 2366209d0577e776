package io.kubespring.node.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMountsTest {

    @TempDir
    Path folder;

    @Test
    void mountPointsAreReadFromTheKernelDeepestFirst() throws IOException {
        Path info = folder.resolve("mountinfo");
        Files.writeString(info, """
            22 1 0:20 / / rw - ext4 /dev/vda rw
            30 22 0:30 / /pods/u1/volumes/v rw - tmpfs tmpfs rw
            31 30 0:31 / /pods/u1/volumes/v/in rw - tmpfs tmpfs rw
            32 22 0:32 / /pods/u10/with\\040space rw - tmpfs tmpfs rw
            """);
        var mounts = new HostMounts(info);
        assertThat(mounts.below(Path.of("/pods/u1")))
                .containsExactly(Path.of("/pods/u1/volumes/v/in"), Path.of("/pods/u1/volumes/v"));
        assertThat(mounts.isMounted(Path.of("/pods/u10/with space"))).isTrue();
        assertThat(mounts.isMounted(Path.of("/pods/u10"))).isFalse();
    }
}
