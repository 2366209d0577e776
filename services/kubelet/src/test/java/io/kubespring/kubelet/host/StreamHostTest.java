package io.kubespring.kubelet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("host")
class StreamHostTest {

    private static final String POD = "default/shell-" + TestNode.NAME;
    private static final String MANIFEST = """
        apiVersion: v1
        kind: Pod
        metadata: {name: shell}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: main
            image: example.test/busybox:1
            command: [sh, -c, "echo one; echo two; echo three; trap 'exit 0' TERM; while :; do sleep 0.2; done"]
        """;

    private static final String LISTENER = """
        apiVersion: v1
        kind: Pod
        metadata: {name: listener}
        spec:
          terminationGracePeriodSeconds: 1
          restartPolicy: Never
          containers:
          - name: main
            image: example.test/busybox:1
            stdin: true
            stdinOnce: true
            command: [sh, -c, "while read line; do echo got $line; echo heard $line >&2; done; echo end"]
        """;

    @TempDir
    Path folder;

    @Test
    void commandsRunLogsAreReadAndExitCodesReported() throws Exception {
        try (var node = new TestNode(folder)) {
            Files.writeString(node.manifests.resolve("shell.yaml"), MANIFEST);
            try (var kubelet = node.kubelet()) {
                int port = kubelet.port();
                TestNode.await(
                        "log",
                        () -> get(port, "/containerLogs/" + POD + "/main").endsWith("three\n"));
                assertThat(get(port, "/containerLogs/" + POD + "/main?tailLines=1"))
                        .isEqualTo("200 three\n");
                assertThat(get(port, "/containerLogs/" + POD + "/other")).startsWith("404 ");
                assertThat(get(port, "/containerLogs/" + POD + "/main?previous=true"))
                        .isEqualTo("400 previous terminated container \"main\" in pod \"shell-test-node\" not found");
                assertThat(get(port, "/stats/summary")).contains("\"podRef\":{\"name\":\"shell-test-node\"");
                assertThat(get(port, "/healthz")).isEqualTo("200 ok");

                var fails = new StreamClient(
                        port, exec("?output=1&error=1&command=sh&command=-c&command=echo+out;echo+err+%3E%262;exit+7"));
                fails.awaitEnd();
                assertThat(fails.received(1)).isEqualTo("out\n");
                assertThat(fails.received(2)).isEqualTo("err\n");
                var status = Json.read(fails.received(3));
                assertThat(status.at("/details/causes/0/message").asString()).isEqualTo("7");

                var sorts = new StreamClient(port, exec("?input=1&output=1&command=sort"));
                sorts.send(0, "b\n");
                sorts.send(0, "a\n");
                sorts.closeChannel(0);
                sorts.awaitEnd();
                assertThat(sorts.received(1)).isEqualTo("a\nb\n");
                assertThat(Json.read(sorts.received(3)).path("status").asString())
                        .isEqualTo("Success");

                var terminal = new StreamClient(port, exec("?input=1&output=1&tty=1&command=sh"));
                terminal.send(4, "{\"Width\":100,\"Height\":40}");
                terminal.send(0, "stty size; exit\n");
                terminal.awaitEnd();
                assertThat(terminal.received(1)).contains("40 100");
            }
        }
    }

    @Test
    void attachingSpeaksToTheContainersOwnProcess() throws Exception {
        String container = "default/listener-" + TestNode.NAME + "/main";
        try (var node = new TestNode(folder)) {
            Files.writeString(node.manifests.resolve("listener.yaml"), LISTENER);
            try (var kubelet = node.kubelet()) {
                int port = kubelet.port();
                TestNode.await(
                        "container runs",
                        () -> get(port, "/containerLogs/" + container).startsWith("200 "));
                assertThat(get(port, "/attach/" + container))
                        .isEqualTo("400 you must specify at least 1 of stdin, stdout, stderr");

                var watches = new StreamClient(port, "/attach/" + container + "?output=1");
                var speaks = new StreamClient(port, "/attach/" + container + "?input=1&output=1&error=1");
                // What was said before the runtime had attached a client does not reach it.
                TestNode.await("everybody attached sees the answer", () -> {
                    speaks.send(0, "one\n");
                    return speaks.received(1).contains("got one\n")
                            && speaks.received(2).contains("heard one\n")
                            && watches.received(1).contains("got one\n");
                });

                // stdinOnce: the container's input ends with the first client's.
                speaks.closeChannel(0);
                speaks.awaitEnd();
                watches.awaitEnd();
                assertThat(speaks.received(1)).endsWith("got one\nend\n");
                assertThat(watches.received(1)).endsWith("got one\nend\n");
                assertThat(watches.received(2)).isEmpty();
                assertThat(Json.read(speaks.received(3)).path("status").asString())
                        .isEqualTo("Success");
                TestNode.await(
                        "log", () -> get(port, "/containerLogs/" + container).endsWith("end\n"));
            }
        }
    }

    private static String exec(String query) {
        return "/exec/" + POD + "/main" + query;
    }

    private static String get(int port, String path) {
        try {
            return StreamClient.get(port, path);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
