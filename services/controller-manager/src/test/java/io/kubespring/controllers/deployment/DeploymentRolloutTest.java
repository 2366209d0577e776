package io.kubespring.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.kubespring.controllers.replicaset.ReplicaSetController;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.testing.client.Simulation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DeploymentRolloutTest {

    private final ControllersFixture fixture =
            new ControllersFixture().start(DeploymentController::register, ReplicaSetController::register);
    private final Simulation simulation = fixture.simulation();

    @Test
    void firstRolloutMakesOneReplicaSetAndAllPods() {
        simulation.create(deployment(3));
        fixture.settle();
        assertThat(fixture.pods()).hasSize(3);
        ReplicaSet set = sets().getFirst();
        assertThat(set.getMetadata().getAnnotations())
                .containsEntry(Revisions.REVISION, "1")
                .containsEntry(Revisions.DESIRED, "3")
                .containsEntry(Revisions.MAX, "4");
        String hash = set.getMetadata().getLabels().get("pod-template-hash");
        assertThat(set.getMetadata().getName()).isEqualTo("web-" + hash);
        assertThat(fixture.pods())
                .allSatisfy(pod -> assertThat(pod.getMetadata().getLabels()).containsEntry("pod-template-hash", hash));
        assertThat(condition("Available").getReason()).isEqualTo("MinimumReplicasUnavailable");
        assertThat(condition("Progressing").getReason()).isEqualTo("ReplicaSetUpdated");

        fixture.makeReady(3);
        assertThat(web().getStatus().getAvailableReplicas()).isEqualTo(3);
        assertThat(web().getStatus().getUnavailableReplicas()).isNull();
        assertThat(condition("Available").getMessage()).isEqualTo("Deployment has minimum availability.");
        assertThat(condition("Progressing").getReason()).isEqualTo("NewReplicaSetAvailable");
        assertThat(condition("Progressing").getMessage())
                .isEqualTo("ReplicaSet \"" + set.getMetadata().getName() + "\" has successfully progressed.");
        assertThat(fixture.events("Deployment"))
                .containsExactly("ScalingReplicaSet: Scaled up replica set "
                        + set.getMetadata().getName() + " from 0 to 3");
        assertThat(web().getMetadata().getAnnotations()).containsEntry(Revisions.REVISION, "1");
    }

    @Test
    void updateNeverHasTooFewReadyNorTooManyPods() {
        running(4);
        change(web -> image(web, "v2"));
        for (int i = 0; i < 20 && !complete("v2", 4); i++) {
            long ready = fixture.pods().stream()
                    .filter(pod -> pod.getStatus() != null
                            && "Running".equals(pod.getStatus().getPhase()))
                    .count();
            assertThat(ready).isGreaterThanOrEqualTo(3);
            assertThat(fixture.pods().size()).isLessThanOrEqualTo(5);
            fixture.makeReady(1);
        }
        assertThat(complete("v2", 4)).isTrue();
        assertThat(sizes()).containsExactly(0, 4);
        assertThat(web().getMetadata().getAnnotations()).containsEntry(Revisions.REVISION, "2");
    }

    @Test
    void undoReusesTheOldReplicaSetUnderANewRevision() {
        running(2);
        change(web -> image(web, "v2"));
        rollOn();
        change(web -> image(web, "v1"));
        rollOn();
        assertThat(sizes()).containsExactly(2, 0);
        assertThat(sets().getFirst().getMetadata().getAnnotations())
                .containsEntry(Revisions.REVISION, "3")
                .containsEntry(Revisions.HISTORY, "1");
    }

    @Test
    void recreateWaitsForEveryOldPod() {
        simulation.create(new DeploymentBuilder(deployment(2))
                .editSpec()
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .endSpec()
                .build());
        fixture.settle();
        fixture.pods()
                .forEach(pod -> simulation
                        .api()
                        .put(new io.fabric8.kubernetes.api.model.PodBuilder(pod)
                                .editSpec()
                                .withNodeName("node-1")
                                .endSpec()
                                .build()));
        fixture.makeReady(2);
        change(web -> image(web, "v2"));
        assertThat(sizes()).containsExactly(0);
        assertThat(fixture.pods())
                .hasSize(2)
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getDeletionTimestamp()).isNotNull());
        fixture.pods()
                .forEach(pod -> simulation
                        .client()
                        .resources(io.fabric8.kubernetes.api.model.Pod.class)
                        .inNamespace("default")
                        .delete(pod.getMetadata().getName(), io.kubespring.client.DeleteOptions.DEFAULT.grace(0))
                        .block());
        fixture.settle();
        assertThat(sizes()).containsExactly(0, 2);
    }

    @Test
    void pausedRolloutScalesButDoesNotRoll() {
        running(2);
        change(web -> {
            web.getSpec().setPaused(true);
            return image(web, "v2");
        });
        assertThat(sizes()).containsExactly(2);
        assertThat(condition("Progressing").getReason()).isEqualTo("DeploymentPaused");
        change(web -> replicas(web, 5));
        assertThat(sizes()).containsExactly(5);
        change(web -> {
            web.getSpec().setPaused(false);
            return web;
        });
        assertThat(sets()).hasSize(2);
        rollOn();
        assertThat(sizes()).containsExactly(0, 5);
    }

    @Test
    void scalingInTheMiddleOfARolloutIsShared() {
        running(10);
        change(web -> image(web, "v2"));
        List<Integer> before = sizes();
        assertThat(before.stream().mapToInt(each -> each).sum()).isLessThanOrEqualTo(13);
        change(web -> replicas(web, 20));
        List<Integer> after = sizes();
        assertThat(after.stream().mapToInt(each -> each).sum()).isEqualTo(25);
        assertThat(after.get(0)).isGreaterThan(before.get(0));
        assertThat(after.get(1)).isGreaterThan(before.get(1));
    }

    @Test
    void rolloutThatGetsNowhereExceedsItsDeadline() {
        simulation.create(new DeploymentBuilder(deployment(1))
                .editSpec()
                .withProgressDeadlineSeconds(60)
                .endSpec()
                .build());
        simulation.advance(Duration.ofSeconds(55));
        assertThat(condition("Progressing").getStatus()).isEqualTo("True");
        simulation.advance(Duration.ofSeconds(10));
        assertThat(condition("Progressing").getStatus()).isEqualTo("False");
        assertThat(condition("Progressing").getReason()).isEqualTo("ProgressDeadlineExceeded");
        assertThat(condition("Progressing").getMessage()).endsWith("has timed out progressing.");
        fixture.makeReady(1);
        assertThat(condition("Progressing").getReason()).isEqualTo("NewReplicaSetAvailable");
    }

    @Test
    void historyIsKeptUpToItsLimit() {
        simulation.create(new DeploymentBuilder(deployment(1))
                .editSpec()
                .withRevisionHistoryLimit(1)
                .endSpec()
                .build());
        rollOn();
        for (int version = 2; version <= 4; version++) {
            String tag = "v" + version;
            change(web -> image(web, tag));
            rollOn();
        }
        assertThat(sets()).hasSize(2);
        assertThat(sets())
                .extracting(set -> set.getMetadata().getAnnotations().get(Revisions.REVISION))
                .containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void takenNameRaisesTheCollisionCountAndUsesAnother() {
        Deployment deployment = deployment(1);
        String hash = TemplateHash.of(deployment.getSpec().getTemplate(), null);
        ReplicaSet squatter = new io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web-" + hash)
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "other"))
                .endSelector()
                .withTemplate(deployment.getSpec().getTemplate())
                .endSpec()
                .build();
        squatter.getSpec().getTemplate().getMetadata().setLabels(Map.of("app", "other"));
        simulation.create(squatter);
        simulation.create(deployment(1));
        fixture.settle();
        assertThat(web().getStatus().getCollisionCount()).isEqualTo(1);
        assertThat(fixture.pods()).hasSize(1);
    }

    private void running(int replicas) {
        simulation.create(deployment(replicas));
        rollOn();
        assertThat(complete("v1", replicas)).isTrue();
    }

    private void rollOn() {
        for (int i = 0; i < 30; i++) {
            fixture.settle();
            fixture.makeReady(10);
        }
    }

    private boolean complete(String tag, int replicas) {
        return fixture.pods().size() == replicas
                && fixture.pods().stream()
                        .allMatch(pod -> pod.getSpec()
                                        .getContainers()
                                        .getFirst()
                                        .getImage()
                                        .equals("web:" + tag)
                                && pod.getStatus() != null
                                && "Running".equals(pod.getStatus().getPhase()));
    }

    private void change(UnaryOperator<Deployment> edit) {
        simulation
                .client()
                .resources(Deployment.class)
                .update(edit.apply(web()))
                .block();
        fixture.settle();
    }

    private static Deployment image(Deployment web, String tag) {
        web.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("web:" + tag);
        return web;
    }

    private static Deployment replicas(Deployment web, int replicas) {
        web.getSpec().setReplicas(replicas);
        return web;
    }

    private Deployment web() {
        return simulation.get(Deployment.class, "default", "web");
    }

    private DeploymentCondition condition(String type) {
        return Objects.requireNonNull(Conditions.get(web().getStatus(), type));
    }

    /** By age. */
    private List<ReplicaSet> sets() {
        return simulation.list(ReplicaSet.class).stream()
                .sorted(Comparator.comparing(set -> set.getMetadata().getCreationTimestamp()))
                .toList();
    }

    private List<Integer> sizes() {
        return sets().stream().map(set -> set.getSpec().getReplicas()).toList();
    }

    private static Deployment deployment(int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withProgressDeadlineSeconds(600)
                .withRevisionHistoryLimit(10)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "web"))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString("25%"))
                .withMaxUnavailable(new IntOrString("25%"))
                .endRollingUpdate()
                .endStrategy()
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
