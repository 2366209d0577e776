package io.kubespring.e2e;

import static io.kubespring.e2e.StreamPods.shell;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.e2e.StreamPods.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl exec} and {@code cp}, by WebSocket (KEP-4006) and by SPDY. */
@Tag("host")
@ExtendWith(StreamPods.class)
class ExecTest {

    @TempDir
    static Path folder;

    private static Path large;

    @BeforeAll
    static void aLargeFile() throws Exception {
        byte[] bytes = new byte[StreamPods.BLOCK];
        new Random(3).nextBytes(bytes);
        large = Files.write(folder.resolve("large"), bytes);
    }

    private static Shell.Result exec(Protocol protocol, String rest) {
        return shell(protocol.kubectl() + "exec " + rest);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void inputIsReadToItsEndAndComesBackWhole(Protocol protocol) {
        String expected = shell("sha256sum < " + large).ok();
        // The hash is only known when the input has ended, and the output follows the end of the input.
        assertThat(exec(protocol, "-i server -c tcp -- busybox sha256sum < " + large)
                        .ok())
                .isEqualTo(expected);
        assertThat(exec(protocol, "-i server -c tcp -- cat < " + large + " | sha256sum")
                        .ok())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void exitCodesAndBothOutputsArrive(Protocol protocol) {
        String apart = "2>/dev/null; echo code $?";
        assertThat(exec(protocol, "server -c tcp -- sh -c 'echo out; echo err >&2; exit 7' " + apart)
                        .output())
                .isEqualTo("out\ncode 7\n");
        assertThat(exec(protocol, "server -c tcp -- sh -c 'echo out; echo err >&2' 2>&1 >/dev/null")
                        .ok())
                .isEqualTo("err\n");
        var killed = exec(protocol, "server -c tcp -- sh -c 'kill -9 $$'");
        assertThat(killed.exit()).isEqualTo(137);
        assertThat(killed.output()).contains("command terminated with exit code 137");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whatCannotBeRunIsSaid(Protocol protocol) {
        assertThat(exec(protocol, "server -c tcp -- nothing-like-it").output())
                .contains("error executing command in container", "executable file not found in $PATH");
        assertThat(exec(protocol, "server -c none -- true").output())
                .contains("(BadRequest): container none is not valid for pod server");
        assertThat(exec(protocol, "nobody -- true").output()).contains("(NotFound): pods \"nobody\" not found");
    }

    /**
     * One change at a time, each by one system call, and only when the last has been seen: kubectl itself drops a size that
     * comes before it has sent the one before. What is shown begins with this very line, so no pattern matches itself.
     */
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aTerminalHasItsSizeAndFollowsItsChanges(Protocol protocol) {
        Path shown = folder.resolve("typescript-" + protocol);
        String inside = "await() { n=0; until [ \"$(busybox stty size)\" = \"$1 $2\" ] || [ $n = 600 ];"
                + " do n=$((n+1)); sleep 0.1; done; echo is $(busybox stty size); };"
                + " await 30 90; await 41 90; await 41 77; tty; exit 5";
        String line = "stty rows 30 cols 90; seen() { until grep -q \"is $1 $2\" " + shown + "; do sleep 0.1; done; };"
                + " (seen 30 90; stty rows 41 </dev/tty; seen 41 90; stty cols 77 </dev/tty) & " + protocol.kubectl()
                + "exec -it server -c tcp -- sh -c '" + inside + "'";
        var result = Shell.run(Cluster.ROOT, "", List.of("script", "-qfec", line, shown.toString()));
        assertThat(result.output()).contains("is 30 90", "is 41 90", "is 41 77", "/dev/pts/");
        assertThat(result.exit()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void filesAreCopiedBothWays(Protocol protocol) {
        Path back = folder.resolve("back-" + protocol);
        shell(protocol.kubectl() + "cp -c tcp " + large + " server:/tmp/copied").ok();
        shell(protocol.kubectl() + "cp -c tcp server:/tmp/copied " + back).ok();
        shell("cmp " + large + " " + back).ok();

        shell("mkdir -p " + folder + "/tree/inner && echo content > " + folder + "/tree/inner/file")
                .ok();
        shell(protocol.kubectl() + "cp -c tcp " + folder + "/tree server:/tmp/tree-" + protocol)
                .ok();
        assertThat(exec(protocol, "server -c tcp -- cat /tmp/tree-" + protocol + "/inner/file")
                        .ok())
                .isEqualTo("content\n");
    }
}
