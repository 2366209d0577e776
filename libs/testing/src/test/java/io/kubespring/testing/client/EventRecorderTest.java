package io.kubespring.testing.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.kubespring.client.event.EventRecorder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRecorderTest {

    private final Simulation simulation = new Simulation();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final EventRecorder recorder =
            new EventRecorder(simulation.client(), "kubelet", "node-1", simulation.executor(), metrics);
    private final Pod pod = new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("web")
            .withUid("u1")
            .endMetadata()
            .build();

    @Test
    void repetitionRaisesTheCountOfTheFirst() {
        recorder.warning(pod, "BackOff", "Back-off restarting");
        simulation.settle();
        simulation.advance(Duration.ofSeconds(10));
        recorder.warning(pod, "BackOff", "Back-off restarting");
        simulation.settle();
        List<Event> events = simulation.list(Event.class);
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().getCount()).isEqualTo(2);
        assertThat(events.getFirst().getFirstTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(events.getFirst().getLastTimestamp()).isEqualTo("2026-01-01T00:00:10Z");
        assertThat(events.getFirst().getInvolvedObject().getKind()).isEqualTo("Pod");
        assertThat(events.getFirst().getSource().getHost()).isEqualTo("node-1");
    }

    @Test
    void manySimilarOnesAreCombined() {
        for (int i = 0; i < 14; i++) {
            recorder.normal(pod, "Pulled", "image " + i);
        }
        simulation.settle();
        List<Event> events = simulation.list(Event.class);
        assertThat(events).hasSize(11);
        assertThat(events)
                .anySatisfy(
                        event -> assertThat(event.getMessage()).isEqualTo("(combined from similar events): image 13"));
    }

    @Test
    void chatterAboutOneObjectIsDropped() {
        for (int i = 0; i < 40; i++) {
            recorder.normal(pod, "Same", "same");
        }
        simulation.settle();
        assertThat(simulation.list(Event.class).getFirst().getCount()).isEqualTo(25);
        assertThat(metrics.counter("events_discarded_total", "component", "kubelet")
                        .count())
                .isEqualTo(15);
    }

    @Test
    void eventThatWasDeletedIsMadeAnew() {
        recorder.normal(pod, "Same", "same");
        simulation.settle();
        Event event = simulation.list(Event.class).getFirst();
        simulation
                .client()
                .resources(Event.class)
                .inNamespace("default")
                .delete(event.getMetadata().getName())
                .block();
        recorder.normal(pod, "Same", "same");
        simulation.settle();
        assertThat(simulation.list(Event.class).getFirst().getCount()).isEqualTo(2);
    }
}
