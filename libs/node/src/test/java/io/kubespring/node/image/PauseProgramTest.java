package io.kubespring.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PauseProgramTest {

    @TempDir
    Path folder;

    @Test
    void waitsUntilItIsAskedToEnd() throws Exception {
        Path file = folder.resolve("pause");
        Files.write(file, PauseProgram.forArchitecture(DockerArchive.goArchitecture(System.getProperty("os.arch"))));
        assertThat(file.toFile().setExecutable(true)).isTrue();

        var process = new ProcessBuilder(file.toString()).start();
        assertThat(process.waitFor(200, TimeUnit.MILLISECONDS))
                .as("ended by itself")
                .isFalse();
        process.destroy();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void bothArchitecturesAreWellFormedExecutables() {
        byte[] amd64 = PauseProgram.forArchitecture("amd64");
        byte[] arm64 = PauseProgram.forArchitecture("arm64");
        assertThat(amd64).startsWith(0x7F, 'E', 'L', 'F', 2, 1);
        assertThat(amd64[18]).isEqualTo((byte) 62);
        assertThat(arm64[18]).isEqualTo((byte) 183);
        assertThat((arm64.length - 120) % 4).isZero();
    }

    @Test
    void armBranchesPointForwardAndBack() {
        byte[] code = new Assembler()
                .label("top")
                .word(0xD503201F)
                .branch(0x54000000, 5, 19, "end")
                .branch(0x14000000, 0, 26, "top")
                .label("end")
                .word(0xD503201F)
                .assemble();
        var words = java.nio.ByteBuffer.wrap(code).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        assertThat(words.getInt(4)).isEqualTo(0x54000040);
        assertThat(words.getInt(8)).isEqualTo(0x17FFFFFE);
    }
}
