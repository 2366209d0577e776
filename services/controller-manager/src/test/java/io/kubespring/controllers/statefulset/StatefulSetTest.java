package io.kubespring.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.testing.client.Simulation;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StatefulSetTest {

    private final ControllersFixture fixture = new ControllersFixture().start(StatefulSetController::register);
    private final Simulation simulation = fixture.simulation();

    @Test
    void podsComeOneAfterTheOtherEachWithItsClaim() {
        simulation.create(set(3));
        fixture.settle();
        assertThat(names()).containsExactly("db-0");
        fixture.makeReady(1);
        assertThat(names()).containsExactly("db-0", "db-1");
        fixture.makeReady(1);
        fixture.makeReady(1);
        assertThat(names()).containsExactly("db-0", "db-1", "db-2");
        Pod pod = simulation.get(Pod.class, "default", "db-1");
        assertThat(pod.getSpec().getHostname()).isEqualTo("db-1");
        assertThat(pod.getSpec().getSubdomain()).isEqualTo("db");
        assertThat(pod.getSpec()
                        .getVolumes()
                        .getFirst()
                        .getPersistentVolumeClaim()
                        .getClaimName())
                .isEqualTo("data-db-1");
        assertThat(simulation.list(PersistentVolumeClaim.class)).hasSize(3);
        assertThat(get().getStatus().getReadyReplicas()).isEqualTo(3);
        assertThat(get().getStatus().getCurrentRevision())
                .isEqualTo(get().getStatus().getUpdateRevision());
    }

    @Test
    void parallelOnesComeAtOnce() {
        StatefulSet set = set(3);
        set.getSpec().setPodManagementPolicy("Parallel");
        simulation.create(set);
        fixture.settle();
        assertThat(names()).hasSize(3);
    }

    @Test
    void shrinkingTakesTheLastFirstAndKeepsClaims() {
        running(3);
        change(set -> set.getSpec().setReplicas(1));
        rollOn(3);
        assertThat(names()).containsExactly("db-0");
        assertThat(simulation.list(PersistentVolumeClaim.class)).hasSize(3);
    }

    @Test
    void updateGoesFromLastToFirst() {
        running(3);
        change(set -> image(set, "db:v2"));
        assertThat(images()).containsExactly("db:v1", "db:v1", "db:v2");
        rollOn(6);
        assertThat(images()).containsOnly("db:v2");
        assertThat(get().getStatus().getCurrentRevision())
                .isEqualTo(get().getStatus().getUpdateRevision());
    }

    @Test
    void partitionHoldsTheFirstOnesBackAlsoWhenTheyAreLost() {
        running(2);
        change(set -> {
            image(set, "db:v2");
            set.getSpec()
                    .setUpdateStrategy(new io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategyBuilder()
                            .withType("RollingUpdate")
                            .withNewRollingUpdate()
                            .withPartition(1)
                            .endRollingUpdate()
                            .build());
        });
        rollOn(4);
        assertThat(images()).containsExactly("db:v1", "db:v2");
        simulation
                .client()
                .resources(Pod.class)
                .inNamespace("default")
                .delete("db-0")
                .block();
        rollOn(2);
        assertThat(images()).containsExactly("db:v1", "db:v2");
    }

    private void running(int replicas) {
        simulation.create(set(replicas));
        rollOn(replicas + 1);
        assertThat(names()).hasSize(replicas);
    }

    private void rollOn(int rounds) {
        for (int i = 0; i < rounds; i++) {
            fixture.settle();
            fixture.makeReady(1);
        }
    }

    private void change(Consumer<StatefulSet> edit) {
        StatefulSet set = get();
        edit.accept(set);
        simulation.client().resources(StatefulSet.class).update(set).block();
        fixture.settle();
    }

    private static void image(StatefulSet set, String image) {
        set.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage(image);
    }

    private List<String> names() {
        return fixture.pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }

    /** By ordinal. */
    private List<String> images() {
        return names().stream()
                .map(name -> simulation
                        .get(Pod.class, "default", name)
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .toList();
    }

    private StatefulSet get() {
        return simulation.get(StatefulSet.class, "default", "db");
    }

    private static StatefulSet set(int replicas) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("db")
                .endMetadata()
                .withNewSpec()
                .withServiceName("db")
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "db"))
                .endSelector()
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .endSpec()
                .endVolumeClaimTemplate()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", "db"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("db")
                .withImage("db:v1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
