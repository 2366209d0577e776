package io.kubespring.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostCommandsTest {

    @Test
    void whatAProgramPrintsIsTheAnswer() throws Exception {
        assertThat(HostCommands.HERE.run(List.of("cat"), "hello")).isEqualTo("hello");
        assertThat(new HostCommands(List.of("env", "WHERE=there")).run("sh", "-c", "echo $WHERE"))
                .isEqualTo("there\n");
    }

    @Test
    void aRefusalSaysWhatTheProgramSaid() {
        assertThatThrownBy(() ->
                        HostCommands.HERE.run(List.of("sh", "-c", "echo no such thing; exit 3"), "x".repeat(1 << 20)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no such thing");
        assertThatThrownBy(() -> HostCommands.HERE.run("no-such-program-here")).isInstanceOf(IOException.class);
    }
}
