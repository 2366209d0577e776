package io.kubespring.testing.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.leader.LeaderElectionConfig;
import io.kubespring.client.leader.LeaderElector;
import io.kubespring.client.leader.Leadership;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaderElectorTest {

    private final Simulation simulation = new Simulation();
    private final List<String> story = new ArrayList<>();
    private final LeaderElector first = elector("first");
    private final LeaderElector second = elector("second");

    @Test
    void oneLeadsAndTheOtherTakesOverAfterRelease() {
        first.start();
        simulation.settle();
        second.start();
        simulation.advance(Duration.ofSeconds(30));
        assertThat(first.isLeader()).isTrue();
        assertThat(second.isLeader()).isFalse();
        first.close();
        simulation.advance(Duration.ofSeconds(6));
        assertThat(second.isLeader()).isTrue();
        assertThat(story).containsExactly("first leads", "first stops", "second leads");
        Lease lease = simulation.get(Lease.class, "kube-system", "test");
        assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("second");
        assertThat(lease.getSpec().getLeaseTransitions()).isEqualTo(1);
    }

    @Test
    void leaderThatCannotRenewStopsBeforeAnyoneElseStarts() {
        first.start();
        simulation.settle();
        second.start();
        simulation.advance(Duration.ofSeconds(5));
        simulation
                .api()
                .addFault(request -> request.body() != null
                                && new String(request.body(), StandardCharsets.UTF_8).contains("\"first\"")
                        ? new StatusException(StatusReason.SERVICE_UNAVAILABLE, "away")
                        : null);
        simulation.advance(Duration.ofSeconds(30));
        assertThat(story).containsExactly("first leads", "first stops", "second leads");
    }

    @Test
    void theNextLeadsWithinTwentySecondsOfADeathAtAnyMoment() {
        var dead = new AtomicReference<>("");
        simulation
                .api()
                .addFault(request -> request.body() != null
                                && new String(request.body(), StandardCharsets.UTF_8).contains("\"" + dead.get() + "\"")
                        ? new StatusException(StatusReason.SERVICE_UNAVAILABLE, "dead")
                        : null);
        first.start();
        simulation.settle();
        second.start();
        for (int death = 0; death < 8; death++) {
            simulation.advance(Duration.ofMillis(20_000 + 300 * death));
            LeaderElector heir = first.isLeader() ? second : first;
            dead.set(heir == second ? "first" : "second");
            simulation.advance(Duration.ofSeconds(20));
            assertThat(heir.isLeader()).as("death %d", death).isTrue();
            dead.set("");
        }
        assertThat(simulation.get(Lease.class, "kube-system", "test").getSpec().getLeaseTransitions())
                .isEqualTo(8);
    }

    @Test
    void aReleasedLeaseIsAsUpstreamLeavesIt() {
        first.start();
        simulation.settle();
        first.close();
        var released = simulation.get(Lease.class, "kube-system", "test").getSpec();
        assertThat(released.getHolderIdentity()).isEmpty();
        assertThat(released.getLeaseDurationSeconds()).isEqualTo(1);
        assertThat(released.getLeaseTransitions()).isZero();
    }

    @Test
    void durationsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> durations(10, 10, 2)).hasMessageContaining("leaseDuration must be greater");
        assertThatThrownBy(() -> durations(15, 2, 2)).hasMessageContaining("renewDeadline must be greater");
        assertThatThrownBy(() -> durations(15, 10, 0)).hasMessageContaining("retryPeriod must be greater");
    }

    private static LeaderElectionConfig durations(int lease, int renew, int retry) {
        return new LeaderElectionConfig(
                "kube-system",
                "test",
                "me",
                Duration.ofSeconds(lease),
                Duration.ofSeconds(renew),
                Duration.ofSeconds(retry));
    }

    @Test
    void aLostLeadershipIsFinalAndOneWithoutElectionWorksAtOnce() {
        var leadership = leadership(LeaderElectionConfig.of("kube-system", "test", "me"));
        assertThat(leadership.waiting()).isTrue();
        leadership.start();
        simulation.settle();
        assertThat(leadership.held()).isTrue();
        var away = simulation.api();
        var cut = new AtomicBoolean(true);
        away.addFault(request -> cut.get() ? new StatusException(StatusReason.SERVICE_UNAVAILABLE, "away") : null);
        simulation.advance(Duration.ofSeconds(11));
        assertThat(leadership.lost()).isTrue();
        cut.set(false);
        simulation.advance(Duration.ofMinutes(1));
        assertThat(leadership.held()).isFalse();
        assertThat(story).containsExactly("works", "lost");

        var alone = leadership(null);
        alone.start();
        assertThat(alone.held()).isTrue();
        alone.close();
        assertThat(story).containsExactly("works", "lost", "works");
    }

    private Leadership leadership(@Nullable LeaderElectionConfig config) {
        return new Leadership(
                config,
                simulation.client(),
                simulation.random(),
                simulation.executor(),
                () -> story.add("works"),
                () -> story.add("lost"));
    }

    private LeaderElector elector(String name) {
        return new LeaderElector(
                LeaderElectionConfig.of("kube-system", "test", name),
                simulation.client(),
                simulation.random(),
                simulation.executor(),
                () -> story.add(name + " leads"),
                () -> story.add(name + " stops"));
    }
}
