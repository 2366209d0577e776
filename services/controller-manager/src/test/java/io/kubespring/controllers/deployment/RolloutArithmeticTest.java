package io.kubespring.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutArithmeticTest {

    @ParameterizedTest
    @CsvSource({
        "25%, 25%, 10, 3, 2",
        "25%, 25%, 1, 1, 0",
        "25%, 25%, 3, 1, 0",
        "0, 0, 5, 0, 1",
        "0%, 10%, 5, 0, 1",
        "1, 0, 4, 1, 0",
        "0, 100%, 4, 0, 4",
        "0, 9, 4, 0, 4",
    })
    void surgeRoundsUpAndUnavailableDown(String surge, String unavailable, int replicas, int maxSurge, int maxDown) {
        Deployment deployment = deployment(replicas, surge, unavailable);
        assertThat(RolloutArithmetic.maxSurge(deployment)).isEqualTo(maxSurge);
        assertThat(RolloutArithmetic.maxUnavailable(deployment)).isEqualTo(maxDown);
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 0, 3", "10, 13, 0, 0", "10, 8, 3, 2", "4, 0, 0, 4"})
    void newestGrowsIntoTheRoomThatIsLeft(int wanted, int old, int current, int expected) {
        Deployment deployment = deployment(wanted, "25%", "25%");
        ReplicaSet newest = set("new", current, 0);
        int size = RolloutArithmetic.newReplicas(deployment, List.of(set("old", old, 0), newest), newest);
        assertThat(size).isEqualTo(current + (expected == 0 ? 0 : Math.min(expected, wanted - current)));
    }

    @Test
    void shareIsInProportionToSize() {
        Deployment deployment = deployment(20, "0", "1");
        assertThat(RolloutArithmetic.proportion(set("a", 6, 10), deployment, 10, 0))
                .isEqualTo(6);
        assertThat(RolloutArithmetic.proportion(set("b", 4, 10), deployment, 10, 6))
                .isEqualTo(4);
        assertThat(RolloutArithmetic.proportion(set("c", 0, 10), deployment, 10, 0))
                .isZero();
        assertThat(RolloutArithmetic.proportion(set("d", 9, 10), deployment, 5, 0))
                .isEqualTo(5);
    }

    private static IntOrString value(String text) {
        return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.parseInt(text));
    }

    private static Deployment deployment(int replicas, String surge, String unavailable) {
        return new DeploymentBuilder()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(value(surge))
                .withMaxUnavailable(value(unavailable))
                .endRollingUpdate()
                .endStrategy()
                .endSpec()
                .build();
    }

    private static ReplicaSet set(String name, int replicas, int max) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations(Revisions.MAX, Integer.toString(max))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }
}
