package io.kubespring.kubelet.probe;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.ManualTime;
import io.kubespring.kubelet.fake.FakeEvents;
import io.kubespring.kubelet.probe.Prober.Outcome;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.node.cri.v1.ContainerMetadata;
import io.kubespring.node.cri.v1.ContainerState;
import io.kubespring.node.cri.v1.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProbeWorkerTest {

    private static final String PROBE = "{exec: {command: [x]}, failureThreshold: 2, initialDelaySeconds: 5}";

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeEvents events = new FakeEvents();
    private final ProbeResults results = new ProbeResults();
    private Outcome answer = Outcome.ok("");
    private int asked;
    private PodState state = running("c1");

    private PodState running(String id) {
        var status = ContainerStatus.newBuilder()
                .setId(id)
                .setMetadata(ContainerMetadata.newBuilder().setName("c"))
                .setState(ContainerState.CONTAINER_RUNNING)
                .setStartedAt(time.now().getEpochSecond() * 1_000_000_000L)
                .build();
        return new PodState("u1", List.of(), List.of(new ContainerInfo("s", status)));
    }

    private ProbeWorker worker(ProbeKind kind, String probes) {
        Pod pod = pod("containers: [{name: c, image: i, " + probes + "}]");
        var container = pod.getSpec().getContainers().getFirst();
        return new ProbeWorker(
                pod,
                container,
                kind,
                Objects.requireNonNull(kind.of(container)),
                (probe, of, id, ip, timeout) -> {
                    asked++;
                    return answer;
                },
                results,
                events,
                time,
                () -> state,
                () -> "10.0.0.1",
                () -> {});
    }

    @Test
    void aContainerIsNotReadyUntilItsProbeSaysSo() {
        var worker = worker(ProbeKind.READINESS, "readinessProbe: " + PROBE);
        worker.round();
        assertThat(results.readiness("c1")).isFalse();
        assertThat(asked).as("still within the initial delay").isZero();
        time.advance(Duration.ofSeconds(5));
        worker.round();
        assertThat(results.readiness("c1")).isTrue();
    }

    @Test
    void oneFailureIsNotEnough() {
        var worker = worker(ProbeKind.LIVENESS, "livenessProbe: " + PROBE);
        time.advance(Duration.ofSeconds(5));
        worker.round();
        answer = Outcome.failed("boom");
        worker.round();
        assertThat(results.liveness("c1")).isTrue();
        worker.round();
        assertThat(results.liveness("c1")).isFalse();
        assertThat(events.seen).hasSize(2).contains("Unhealthy: Liveness probe failed: boom");
    }

    @Test
    void afterALivenessFailureOnlyAReplacementIsAsked() {
        var worker = worker(ProbeKind.LIVENESS, "livenessProbe: " + PROBE);
        time.advance(Duration.ofSeconds(5));
        answer = Outcome.failed("boom");
        worker.round();
        worker.round();
        worker.round();
        assertThat(asked).isEqualTo(2);
        state = running("c2");
        time.advance(Duration.ofSeconds(5));
        worker.round();
        assertThat(asked).isEqualTo(3);
        assertThat(results.liveness("c2")).isTrue();
        assertThat(results.liveness("c1")).isNull();
    }

    @Test
    void otherProbesWaitForTheStartupProbe() {
        String probes = "startupProbe: {exec: {command: [x]}}, livenessProbe: {exec: {command: [x]}}";
        var startup = worker(ProbeKind.STARTUP, probes);
        var liveness = worker(ProbeKind.LIVENESS, probes);
        liveness.round();
        assertThat(asked).isZero();
        startup.round();
        assertThat(results.startup("c1")).isTrue();
        liveness.round();
        startup.round();
        assertThat(asked).as("startup is asked no more, liveness now is").isEqualTo(2);
    }
}
