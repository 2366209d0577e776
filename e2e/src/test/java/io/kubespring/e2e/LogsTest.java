package io.kubespring.e2e;

import static io.kubespring.e2e.StreamPods.kubectl;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code kubectl logs} with its options. */
@Tag("host")
@ExtendWith(StreamPods.class)
class LogsTest {

    private static final String ALL = "line 1\nline 2\nline 3\nline 4\nline 5\n";

    @BeforeAll
    static void aContainerThatFellAndCameBack() {
        Cluster.eventually("-n " + StreamPods.NS + " logs talker -c falls", "second");
        Cluster.eventually("-n " + StreamPods.NS + " logs talker -c speaks", "line 5");
    }

    @Test
    void ofThisRunAndOfTheOneBefore() {
        assertThat(kubectl("logs talker -c falls").ok()).isEqualTo("second\n");
        assertThat(kubectl("logs talker -c falls --previous").ok()).isEqualTo("first\n");
        assertThat(kubectl("logs talker -c speaks --previous").output())
                .contains("previous terminated container \"speaks\" in pod \"talker\" not found");
    }

    @Test
    void ofOneContainerOrOfAll() {
        assertThat(kubectl("logs talker").output())
                .contains("Defaulted container \"falls\" out of: falls, speaks, before (init)", "second\n");
        assertThat(kubectl("logs talker -c before").ok()).isEqualTo("prepared\n");
        assertThat(kubectl("logs talker -c none").output()).contains("container none is not valid for pod talker");
        assertThat(kubectl("logs talker --all-containers --tail=1").ok())
                .contains("prepared\n", "second\n", "line 5\n");
        assertThat(kubectl("logs -l app=talker --all-containers --prefix --tail=1")
                        .ok())
                .contains("[pod/talker/before] prepared\n", "[pod/talker/speaks] line 5\n");
    }

    @Test
    void onlyTheLastLinesOrBytesOrWhatIsNew() {
        assertThat(kubectl("logs talker -c speaks").ok()).isEqualTo(ALL);
        assertThat(kubectl("logs talker -c speaks --tail=2").ok()).isEqualTo("line 4\nline 5\n");
        assertThat(kubectl("logs talker -c speaks --tail=0").ok()).isEmpty();
        assertThat(kubectl("logs talker -c speaks --limit-bytes=8").ok()).isEqualTo("line 1\nl");
        assertThat(kubectl("logs talker -c speaks --since=1h").ok()).isEqualTo(ALL);
        assertThat(kubectl("logs talker -c speaks --since-time=2100-01-01T00:00:00Z")
                        .ok())
                .isEmpty();
        assertThat(kubectl("logs talker -c speaks --tail=1 --timestamps").ok())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z line 5\\n");
    }

    @Test
    void followingEndsWithThePod() throws Exception {
        StreamPods.shell(StreamPods.Protocol.WEBSOCKET.kubectl()
                        + "run chats --image=busybox:1 --restart=Never --"
                        + " sh -c 'echo word 1; echo word 2; exec sleep 100000'")
                .ok();
        kubectl("wait pod/chats --for=condition=Ready --timeout=60s").ok();
        try (var follower = new Running(StreamPods.Protocol.WEBSOCKET.kubectl("logs -f chats"))) {
            follower.await(shown -> shown.contains("word 2\n"));
            kubectl("delete pod chats --grace-period=1").ok();
            var result = follower.awaitEnd();
            assertThat(result.exit()).isZero();
            assertThat(result.output()).isEqualTo("word 1\nword 2\n");
        }
    }
}
