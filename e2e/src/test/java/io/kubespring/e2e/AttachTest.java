package io.kubespring.e2e;

import static io.kubespring.e2e.StreamPods.kubectl;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.e2e.StreamPods.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl attach}, {@code run -i} and {@code debug}: speaking with a container's own process. */
@Tag("host")
@ExtendWith(StreamPods.class)
class AttachTest {

    private static String named(String what, Protocol protocol) {
        return what + "-" + protocol.name().toLowerCase(Locale.ROOT);
    }

    /** Says it until it is answered: what is said before the runtime has attached the client is not. */
    private static void converse(Running client, String line, String answer) {
        Shell.eventually(
                Duration.ofSeconds(30),
                () -> {
                    client.say(line);
                    return new Shell.Result(0, client.output());
                },
                result -> result.output().contains(answer));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whoLeavesMayComeAgain(Protocol protocol) throws Exception {
        for (String who : List.of("first", "second")) {
            try (var client = new Running(protocol.kubectl("attach -i server -c shell"))) {
                converse(client, who, "heard " + who);
                client.sayNoMore();
                assertThat(client.awaitEnd().exit()).isZero();
            }
        }
        assertThat(kubectl("get pod server -o jsonpath={.status.containerStatuses[1].restartCount}")
                        .ok())
                .isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aPodThatIsRunInTheForegroundEndsWithItsExitCodeAndIsRemoved(Protocol protocol) throws Exception {
        String name = named("asks", protocol);
        try (var client = new Running(protocol.kubectl("run " + name
                + " --rm -i --quiet --image=busybox:1 --restart=Never --"
                + " sh -c 'read x; echo got $x; until read y && [ $y = end ]; do :; done; exit 3'"))) {
            converse(client, "word", "got word");
            client.say("end");
            assertThat(client.awaitEnd().exit()).isEqualTo(3);
        }
        assertThat(kubectl("get pod " + name).output()).contains("not found");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aPodWithATerminal(Protocol protocol) throws Exception {
        String name = named("terminal", protocol);
        String line = protocol.kubectl() + "run " + name
                + " --rm -it --image=busybox:1 --restart=Never -- sh -c 'read x; tty; exit 0'";
        try (var client = new Running(List.of("script", "-qec", line, "/dev/null"))) {
            client.await(shown -> shown.contains("If you don't see a command prompt"));
            converse(client, "", "/dev/pts/0");
            assertThat(client.awaitEnd().exit()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aDebuggingContainerSeesTheProcessesOfItsTarget(Protocol protocol) throws Exception {
        String name = named("look", protocol) + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        try (var client = new Running(protocol.kubectl(
                "debug server --profile=general --image=busybox:1 --target=web" + " -c " + name + " -i -- sh"))) {
            converse(client, "ps", "httpd -f -p 8080");
            client.say("exit 4");
            client.awaitEnd();
        }
        assertThat(Cluster.eventually(
                        "-n " + StreamPods.NS
                                + " get pod server -o jsonpath={.status.ephemeralContainerStatuses[?(@.name==\"" + name
                                + "\")].state.terminated.exitCode}",
                        "4"))
                .isEqualTo("4");
    }

    @Test
    void aNodeIsDebuggedFromAPodThatSeesItsFiles() throws Exception {
        String node = kubectl("get nodes -o jsonpath={.items[0].metadata.name}").ok();
        try (var client = new Running(
                Protocol.WEBSOCKET.kubectl("debug node/" + node + " --profile=general --image=busybox:1 -i -- sh"))) {
            converse(client, "ls /host/proc/self/ns", "uts");
            assertThat(client.output()).contains("mnt", "pid");
            client.say("exit");
            client.awaitEnd();
            String pod = client.output().replaceAll("(?s).*Creating debugging pod (\\S+) with.*", "$1");
            assertThat(kubectl("get pod " + pod + " -o jsonpath={.spec.hostNetwork}{.spec.hostPID}")
                            .ok())
                    .isEqualTo("truetrue");
            kubectl("delete pod " + pod + " --wait=false").ok();
        }
    }
}
