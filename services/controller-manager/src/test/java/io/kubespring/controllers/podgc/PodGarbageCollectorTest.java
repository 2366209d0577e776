package io.kubespring.controllers.podgc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.kubespring.controllers.support.ControllersFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodGarbageCollectorTest {

    private static final ControllerManagerConfig DEFAULTS = ControllerManagerConfig.defaults();
    private final ControllersFixture fixture = new ControllersFixture(new ControllerManagerConfig(
                    DEFAULTS.controllers(),
                    null,
                    24,
                    false,
                    "",
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(40),
                    Duration.ofSeconds(60),
                    2,
                    null))
            .start(PodGarbageCollector::register);

    @Test
    void podsOfAGoneNodeGoAfterQuarantine() {
        fixture.simulation()
                .api()
                .put(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node")
                        .endMetadata()
                        .build());
        pod("orphan", "gone", "Running");
        pod("fine", "node", "Running");
        fixture.simulation().advance(Duration.ofSeconds(45));
        assertThat(fixture.pods()).hasSize(2);
        fixture.simulation().advance(Duration.ofSeconds(40));
        assertThat(fixture.pods())
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactly("fine");
        assertThat(fixture.simulation().find(Node.class, "", "node")).isNotNull();
    }

    @Test
    void oldestFinishedPodsBeyondTheThresholdGo() {
        fixture.simulation()
                .api()
                .put(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node")
                        .endMetadata()
                        .build());
        for (int i = 0; i < 4; i++) {
            pod("done" + i, "node", "Succeeded");
            fixture.simulation().advance(Duration.ofSeconds(1));
        }
        fixture.simulation().advance(Duration.ofSeconds(30));
        assertThat(fixture.pods())
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactly("done2", "done3");
    }

    private void pod(String name, String node, String phase) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .build();
        fixture.setPhase(pod, phase, false);
    }
}
