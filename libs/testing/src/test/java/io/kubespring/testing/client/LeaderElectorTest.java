package io.kubespring.testing.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.leader.LeaderElectionConfig;
import io.kubespring.client.leader.LeaderElector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
                                && new String(request.body(), java.nio.charset.StandardCharsets.UTF_8)
                                        .contains("\"first\"")
                        ? new StatusException(StatusReason.SERVICE_UNAVAILABLE, "away")
                        : null);
        simulation.advance(Duration.ofSeconds(30));
        assertThat(story).containsExactly("first leads", "first stops", "second leads");
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
