package io.kubespring.testing.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.leader.LeaderElectionConfig;
import io.kubespring.client.leader.LeaderElector;
import io.kubespring.client.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Never two leaders: takeovers, servers that do not answer, clocks that jump, callbacks that fail. */
@Timeout(60)
class LeaderSafetyTest {

    private final Simulation simulation = new Simulation();
    private final List<String> story = new ArrayList<>();

    @Test
    void leaderStopsAsSoonAsItSeesAnotherHolder() {
        LeaderElector elector = elector(simulation.client(), () -> story.add("leads"));
        elector.start();
        simulation.settle();
        Lease lease = lease();
        lease.getSpec().setHolderIdentity("usurper");
        simulation.client().resources(Lease.class).update(lease).block();
        simulation.advance(Duration.ofSeconds(3));
        assertThat(elector.isLeader()).isFalse();
        assertThat(story).containsExactly("leads", "stops");
        simulation.advance(Duration.ofSeconds(30));
        assertThat(elector.isLeader()).isTrue();
        assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(1);
    }

    @Test
    void leaderWithoutAnAnswerStopsAtTheDeadline() {
        var time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
        var api = new InMemoryApi(time, RandomSource.seeded(1));
        var hangs = new AtomicBoolean();
        var told = new CopyOnWriteArrayList<String>();
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        var elector = new LeaderElector(
                config(),
                KubeClient.over(new Hanging(api, hangs), time),
                RandomSource.seeded(1),
                executor,
                () -> told.add("leads"),
                () -> told.add("stops"));
        elector.start();
        waitFor(() -> told.contains("leads"));
        hangs.set(true);
        for (int i = 0; i < 9; i++) {
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(elector.isLeader()).isTrue();
        time.advance(Duration.ofSeconds(3));
        assertThat(elector.isLeader()).isFalse();
        waitFor(() -> told.contains("stops"));
        elector.close();
        executor.shutdownNow();
    }

    @Test
    void candidateWaitsByItsOwnClockWhateverTheLeaseSays() {
        create("other", Instant.parse("1999-01-01T00:00:00Z"));
        LeaderElector elector = elector(simulation.client(), () -> story.add("leads"));
        elector.start();
        simulation.advance(Duration.ofSeconds(14));
        assertThat(elector.isLeader()).isFalse();
        simulation.advance(Duration.ofSeconds(8));
        assertThat(elector.isLeader()).isTrue();
    }

    @Test
    void jumpOfTheWallClockNeitherEndsNorSpoilsLeading() {
        var wall = new Wall(simulation.time());
        LeaderElector elector = elector(KubeClient.over(simulation.api(), wall), () -> story.add("leads"));
        elector.start();
        simulation.advance(Duration.ofSeconds(5));
        wall.offset = Duration.ofDays(-400);
        simulation.advance(Duration.ofSeconds(20));
        wall.offset = Duration.ofDays(400);
        simulation.advance(Duration.ofSeconds(20));
        assertThat(elector.isLeader()).isTrue();
        assertThat(story).containsExactly("leads");
    }

    @Test
    void whoCannotStartLeadingGivesTheLeaseBackAndTriesAgain() {
        var broken = new AtomicBoolean(true);
        LeaderElector elector = elector(simulation.client(), () -> {
            story.add("leads");
            if (broken.getAndSet(false)) {
                throw new IllegalStateException("cannot start");
            }
        });
        elector.start();
        simulation.settle();
        assertThat(elector.isLeader()).isFalse();
        assertThat(lease().getSpec().getHolderIdentity()).isEmpty();
        simulation.advance(Duration.ofSeconds(10));
        assertThat(elector.isLeader()).isTrue();
        assertThat(story).containsExactly("leads", "stops", "leads");
    }

    @Test
    void leaseWithoutASpecIsTaken() {
        simulation.create(new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("kube-system")
                .withName("test")
                .endMetadata()
                .build());
        LeaderElector elector = elector(simulation.client(), () -> story.add("leads"));
        elector.start();
        simulation.settle();
        assertThat(elector.isLeader()).isTrue();
    }

    @Test
    void startingTwiceMakesOneCandidate() {
        LeaderElector elector = elector(simulation.client(), () -> story.add("leads"));
        elector.start();
        elector.start();
        simulation.advance(Duration.ofSeconds(10));
        assertThat(story).containsExactly("leads");
        assertThat(simulation.api().requests()).hasSizeLessThan(14);
    }

    private record Hanging(Transport inner, AtomicBoolean hangs) implements Transport {

        @Override
        public Mono<Response> send(Request request) {
            return hangs.get() ? Mono.never() : inner.send(request);
        }

        @Override
        public void close() {}
    }

    /** A wall clock that somebody sets while the monotonic one goes on. */
    private static final class Wall implements TimeSource {

        private final ManualTime time;
        private Duration offset = Duration.ZERO;

        Wall(ManualTime time) {
            this.time = time;
        }

        @Override
        public Instant now() {
            return time.now().plus(offset);
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return time.schedule(delay, task);
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            time.sleep(duration);
        }
    }

    private void create(String holder, Instant renewed) {
        simulation.create(new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("kube-system")
                .withName("test")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(15)
                .withRenewTime(renewed.atZone(ZoneOffset.UTC))
                .endSpec()
                .build());
    }

    private Lease lease() {
        return simulation.get(Lease.class, "kube-system", "test");
    }

    private static LeaderElectionConfig config() {
        return LeaderElectionConfig.of("kube-system", "test", "me");
    }

    private LeaderElector elector(KubeClient client, Runnable onStarted) {
        return new LeaderElector(
                config(), client, simulation.random(), simulation.executor(), onStarted, () -> story.add("stops"));
    }

    private static void waitFor(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("condition not met in time");
            }
            Thread.onSpinWait();
        }
    }
}
