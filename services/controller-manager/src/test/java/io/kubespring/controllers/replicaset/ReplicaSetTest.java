package io.kubespring.controllers.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.testing.client.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaSetTest {

    private final ControllersFixture fixture = new ControllersFixture();
    private final Simulation simulation = fixture.simulation();

    @Test
    void matchingOrphanIsAdoptedAndCounted() {
        simulation.api().put(pod("orphan", Map.of("app", "web")));
        fixture.start(ReplicaSetController::register);
        simulation.create(set(2));
        fixture.settle();
        assertThat(fixture.pods()).hasSize(2);
        assertThat(Owners.controls(web(), simulation.get(Pod.class, "default", "orphan")))
                .isTrue();
        assertThat(web().getStatus().getReplicas()).isEqualTo(2);
    }

    @Test
    void podOfAnotherControllerIsNotTouched() {
        Pod foreign = pod("foreign", Map.of("app", "web"));
        foreign.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withApiVersion("example.com/v1")
                        .withKind("Widget")
                        .withName("w")
                        .withUid("u")
                        .withController(true)
                        .build()));
        simulation.api().put(foreign);
        fixture.start(ReplicaSetController::register);
        simulation.create(set(1));
        fixture.settle();
        assertThat(fixture.pods()).hasSize(2);
        assertThat(web().getStatus().getReplicas()).isEqualTo(1);
    }

    @Test
    void podThatMatchesNoMoreIsReleasedAndReplaced() {
        running(2);
        Pod pod = fixture.pods().getFirst();
        pod.getMetadata().setLabels(Map.of("app", "debug"));
        simulation.api().put(pod);
        fixture.settle();
        assertThat(fixture.pods()).hasSize(3);
        assertThat(simulation
                        .get(Pod.class, "default", pod.getMetadata().getName())
                        .getMetadata()
                        .getOwnerReferences())
                .isEmpty();
    }

    @Test
    void failedPodIsReplacedAndNotCounted() {
        running(2);
        fixture.setPhase(fixture.pods().getFirst(), "Failed", false);
        fixture.settle();
        assertThat(fixture.pods()).hasSize(3);
        assertThat(web().getStatus().getReplicas()).isEqualTo(2);
    }

    @Test
    void refusedCreationStopsAfterTheFirstBatchAndIsTold() {
        fixture.start(ReplicaSetController::register);
        simulation
                .api()
                .addFault(request ->
                        request.method().equals("POST") && request.uri().endsWith("/pods")
                                ? StatusException.forbidden(new GroupResource("", "pods"), "web-", "exceeded quota")
                                : null);
        simulation.create(set(100));
        simulation.settle();
        assertThat(simulation.api().requests().stream()
                        .filter(request ->
                                request.method().equals("POST") && request.uri().endsWith("/pods")))
                .as("one at a time, and once more as the status changed")
                .hasSizeLessThanOrEqualTo(2);
        assertThat(web().getStatus().getConditions().getFirst().getReason()).isEqualTo("FailedCreate");
        assertThat(fixture.events("ReplicaSet").getFirst())
                .isEqualTo("FailedCreate: Error creating: pods \"web-\" is forbidden: exceeded quota");
        simulation.api().clearFaults();
        simulation.advance(Duration.ofSeconds(10));
        assertThat(fixture.pods()).hasSize(100);
        assertThat(web().getStatus().getConditions()).isEmpty();
    }

    @Test
    void shrinkingDeletesUnreadyPodsFirst() {
        running(3);
        Pod unready = fixture.pods().get(1);
        fixture.setPhase(unready, "Running", false);
        fixture.settle();
        ReplicaSet set = web();
        set.getSpec().setReplicas(2);
        simulation.client().resources(ReplicaSet.class).update(set).block();
        fixture.settle();
        assertThat(fixture.pods())
                .extracting(pod -> pod.getMetadata().getName())
                .hasSize(2)
                .doesNotContain(unready.getMetadata().getName());
    }

    @Test
    void availabilityComesWithTimeAlone() {
        fixture.start(ReplicaSetController::register);
        simulation.create(new ReplicaSetBuilder(set(1))
                .editSpec()
                .withMinReadySeconds(30)
                .endSpec()
                .build());
        fixture.settle();
        fixture.makeReady(1);
        assertThat(web().getStatus().getReadyReplicas()).isEqualTo(1);
        assertThat(web().getStatus().getAvailableReplicas()).isNull();
        simulation.advance(Duration.ofSeconds(31));
        assertThat(web().getStatus().getAvailableReplicas()).isEqualTo(1);
    }

    private void running(int replicas) {
        fixture.start(ReplicaSetController::register);
        simulation.create(set(replicas));
        fixture.settle();
        fixture.makeReady(replicas);
    }

    private ReplicaSet web() {
        return simulation.get(ReplicaSet.class, "default", "web");
    }

    private static Pod pod(String name, Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    private static ReplicaSet set(int replicas) {
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "web"))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", "web"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("web:v1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
