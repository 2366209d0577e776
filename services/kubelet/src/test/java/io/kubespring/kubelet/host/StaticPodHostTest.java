package io.kubespring.kubelet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.ContainerState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("host")
class StaticPodHostTest {

    @TempDir
    Path folder;

    private static final String MANIFEST = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          terminationGracePeriodSeconds: 1
          initContainers:
          - name: prepare
            image: example.test/busybox:1
            command: [sh, -c, "echo from-init > /data/file"]
            volumeMounts: [{name: data, mountPath: /data}]
          containers:
          - name: main
            image: example.test/busybox:1
            command: [sh, -c, "cat /data/file; echo name=$NAME mem=$MEM; exec httpd -f -p 8080 -h /data"]
            env:
            - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: MEM, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
            resources: {limits: {memory: 32Mi, cpu: 200m}}
            readinessProbe: {httpGet: {path: /file, port: 8080}, periodSeconds: 1}
            volumeMounts:
            - {name: data, mountPath: /data}
            - {name: info, mountPath: /info}
            - {name: mem, mountPath: /mem}
          volumes:
          - {name: data, emptyDir: {}}
          - {name: mem, emptyDir: {medium: Memory, sizeLimit: 1Mi}}
          - name: info
            downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}
        """;

    @Test
    void aManifestRunsIsAdoptedByTheNextKubeletAndEnds() throws Exception {
        try (var node = new TestNode(folder)) {
            Files.writeString(node.manifests.resolve("web.yaml"), MANIFEST);
            String id;
            try (var first = node.kubelet()) {
                TestNode.await("main runs", () -> running(node).size() == 1);
                id = running(node).getFirst().getId();
                assertThat(exec(node, id, "cat", "/info/labels")).isEqualTo("app=\"web\"");
                assertThat(exec(node, id, "sh", "-c", "df -m /mem | tail -1")).contains("tmpfs");
                assertThat(exec(node, id, "cat", "/etc/hosts")).contains("web-" + TestNode.NAME);
                assertThat(exec(node, id, "hostname")).isEqualTo("web-" + TestNode.NAME + "\n");
                TestNode.await("log is written", () -> log(node).contains("mem=32"));
                assertThat(log(node)).contains("stdout F from-init", "name=web-" + TestNode.NAME);
            }
            assertThat(running(node)).extracting(Container::getId).containsExactly(id);
            try (var second = node.kubelet()) {
                TestNode.await("adopted", () -> second.workers().pods().size() == 1);
                Thread.sleep(3000);
                assertThat(running(node)).extracting(Container::getId).containsExactly(id);
                Files.delete(node.manifests.resolve("web.yaml"));
                TestNode.await(
                        "gone", () -> node.runtime.listPodSandboxes(Map.of()).isEmpty());
                TestNode.await("folder gone", () -> second.workers().pods().isEmpty());
                assertThat(node.folder.resolve("kubelet/pods")).isEmptyDirectory();
            }
        }
    }

    private static List<Container> running(TestNode node) {
        return node.runtime.listContainers(Map.of()).stream()
                .filter(each -> each.getState() == ContainerState.CONTAINER_RUNNING
                        && each.getMetadata().getName().equals("main"))
                .toList();
    }

    private static String exec(TestNode node, String id, String... command) {
        var result = node.runtime.execSync(id, List.of(command), Duration.ofSeconds(10));
        return new String(result.stdout(), StandardCharsets.UTF_8);
    }

    private static String log(TestNode node) {
        try (var files = Files.walk(node.folder.resolve("pod-logs"))) {
            Path file = files.filter(each -> each.toString().endsWith("main/0.log"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
