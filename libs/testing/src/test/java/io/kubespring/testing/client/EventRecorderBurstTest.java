package io.kubespring.testing.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.RandomSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.transport.Transport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Many events at a time, and servers that are slow, away or unwilling. */
@Timeout(60)
class EventRecorderBurstTest {

    private final Simulation simulation = new Simulation();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void burstOfTwoThousandBindingsIsWrittenWhole() {
        EventRecorder recorder = recorder(simulation.client(), simulation.executor());
        for (int i = 0; i < 2000; i++) {
            recorder.normal(pod("web-" + i), "Scheduled", "assigned");
        }
        simulation.settle();
        assertThat(simulation.list(Event.class)).hasSize(2000);
        assertThat(dropped()).isZero();
    }

    @Test
    void queueIsBounded() {
        EventRecorder recorder = recorder(simulation.client(), task -> {});
        for (int i = 0; i < 20_100; i++) {
            recorder.normal(pod("web-" + i), "Scheduled", "assigned");
        }
        assertThat(dropped()).isEqualTo(100);
    }

    @Test
    void someObjectsAreWrittenAtATimeEachInItsOrder() throws InterruptedException {
        var time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
        var api = new InMemoryApi(time, RandomSource.seeded(1));
        var together = new CountDownLatch(3);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            EventRecorder recorder = recorder(
                    KubeClient.over(
                            new Wrapped(api, () -> {
                                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                together.countDown();
                                await(together);
                                inside.decrementAndGet();
                            }),
                            time),
                    executor);
            for (int i = 0; i < 10; i++) {
                for (int object = 0; object < 20; object++) {
                    recorder.normal(pod("web-" + object), "Step", "step " + i);
                }
            }
        }
        assertThat(together.getCount()).isZero();
        assertThat(most.get()).isBetween(3, 8);
        List<Event> events = KubeClient.over(api, time)
                .resources(Event.class)
                .list()
                .map(list -> list.items())
                .block();
        assertThat(events).hasSize(200);
        for (int object = 0; object < 20; object++) {
            String name = "web-" + object;
            assertThat(events.stream()
                            .filter(event -> event.getInvolvedObject().getName().equals(name))
                            .sorted((a, b) -> Long.compare(revision(a), revision(b)))
                            .map(Event::getMessage))
                    .containsExactly(
                            "step 0", "step 1", "step 2", "step 3", "step 4", "step 5", "step 6", "step 7", "step 8",
                            "step 9");
        }
    }

    @Test
    void eventsWaitForAServerThatIsAway() {
        var away = new AtomicBoolean(true);
        EventRecorder recorder = recorder(
                KubeClient.over(
                        new Wrapped(simulation.api(), () -> {
                            if (away.get()) {
                                throw new IllegalStateException(new ConnectException("refused"));
                            }
                        }),
                        simulation.time()),
                simulation.executor());
        recorder.normal(pod("web"), "Pulled", "one");
        recorder.normal(pod("web"), "Started", "two");
        simulation.advance(Duration.ofSeconds(35));
        away.set(false);
        simulation.advance(Duration.ofSeconds(10));
        assertThat(simulation.list(Event.class)).extracting(Event::getMessage).containsExactly("one", "two");
        assertThat(simulation.list(Event.class).getFirst().getFirstTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(dropped()).isZero();
    }

    @Test
    void eventIsGivenUpAfterTwelveTries() {
        var tries = new AtomicInteger();
        EventRecorder recorder = recorder(
                KubeClient.over(
                        new Wrapped(simulation.api(), () -> {
                            tries.incrementAndGet();
                            throw new IllegalStateException(new ConnectException("refused"));
                        }),
                        simulation.time()),
                simulation.executor());
        recorder.normal(pod("web"), "Pulled", "one");
        simulation.advance(Duration.ofMinutes(5));
        assertThat(tries).hasValue(12);
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void whatTheServerRefusesIsDroppedAtOnce() {
        EventRecorder recorder = recorder(simulation.client(), simulation.executor());
        simulation.api().addFault(request -> new StatusException(StatusReason.FORBIDDEN, "namespace is terminating"));
        recorder.normal(pod("web"), "Pulled", "one");
        simulation.settle();
        simulation.api().clearFaults();
        recorder.normal(pod("web"), "Started", "two");
        simulation.advance(Duration.ofMinutes(1));
        assertThat(simulation.list(Event.class)).extracting(Event::getMessage).containsExactly("two");
        assertThat(dropped()).isEqualTo(1);
    }

    private record Wrapped(Transport inner, Runnable before) implements Transport {

        @Override
        public Mono<Response> send(Request request) {
            return Mono.fromRunnable(before).then(inner.send(request));
        }

        @Override
        public void close() {}
    }

    private EventRecorder recorder(KubeClient client, java.util.concurrent.Executor executor) {
        return new EventRecorder(client, "test", "", executor, metrics);
    }

    private double dropped() {
        return metrics.counter("events_discarded_total", "component", "test").count();
    }

    private static long revision(Event event) {
        return Long.parseLong(event.getMetadata().getResourceVersion());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .endMetadata()
                .build();
    }
}
