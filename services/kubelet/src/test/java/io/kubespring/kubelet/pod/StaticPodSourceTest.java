package io.kubespring.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticPodSourceTest implements PodSink {

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();

    @Override
    public void update(Pod pod) {
        told.add("+" + Pods.key(pod));
        pods.add(pod);
    }

    @Override
    public void remove(Pod pod) {
        told.add("-" + Pods.key(pod));
    }

    @Test
    void filesComeChangeAndGo() throws IOException {
        var source = new StaticPodSource(folder, "node", new ManualTime(Instant.parse("2026-01-01T00:00:00Z")), this);
        Path file = folder.resolve("web.yaml");
        Files.writeString(file, "kind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: i}]}");
        Files.writeString(folder.resolve("broken.yaml"), "kind: [");
        Files.writeString(folder.resolve("service.json"), "{\"kind\": \"Service\"}");
        source.scan();
        source.scan();
        assertThat(told).containsExactly("+default/web-node");
        Pod pod = pods.getFirst();
        assertThat(Pods.isStatic(pod)).isTrue();
        assertThat(pod.getMetadata().getUid())
                .hasSize(32)
                .isEqualTo(Pods.annotations(pod).get(Pods.CONFIG_HASH));
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Always");
        assertThat(pod.getSpec().getNodeName()).isEqualTo("node");

        Files.writeString(file, "kind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: j}]}");
        source.scan();
        assertThat(told).containsExactly("+default/web-node", "-default/web-node", "+default/web-node");
        assertThat(pods.getLast().getMetadata().getUid())
                .isNotEqualTo(pod.getMetadata().getUid());

        Files.delete(file);
        source.scan();
        assertThat(told).last().isEqualTo("-default/web-node");
        assertThat(source.pods()).isEmpty();
    }
}
