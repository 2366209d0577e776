package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.pods.PodControl;
import java.util.Objects;

/** Finds or makes the ReplicaSet of the current template and keeps revision numbers. */
final class NewReplicaSets {

    private final Resources<ReplicaSet> sets;
    private final DeploymentWriter writer;
    private final EventRecorder events;
    private final TimeSource time;

    NewReplicaSets(KubeClient client, DeploymentWriter writer, EventRecorder events) {
        this.sets = client.resources(ReplicaSet.class);
        this.writer = writer;
        this.events = events;
        this.time = client.time();
    }

    /** Brings the newest ReplicaSet's annotations and the Deployment's revision up to date; makes it where asked to. */
    void sync(Rollout rollout, boolean create) {
        long revision = Revisions.maxRevision(rollout.old()) + 1;
        ReplicaSet newest = rollout.newest();
        if (newest != null) {
            adjust(rollout, newest, revision);
        } else if (create) {
            create(rollout, revision);
        }
    }

    private void adjust(Rollout rollout, ReplicaSet newest, long revision) {
        Deployment deployment = rollout.deployment();
        var annotations = Revisions.forNewest(deployment, newest, revision);
        int minReady = RolloutArithmetic.zero(deployment.getSpec().getMinReadySeconds());
        if (!annotations.equals(Revisions.annotations(newest.getMetadata().getAnnotations()))
                || minReady != RolloutArithmetic.zero(newest.getSpec().getMinReadySeconds())) {
            ReplicaSet next = new ReplicaSetBuilder(newest)
                    .editMetadata()
                    .withAnnotations(annotations)
                    .endMetadata()
                    .editSpec()
                    .withMinReadySeconds(minReady)
                    .endSpec()
                    .build();
            newest = Await.value(sets.update(next));
            rollout.newest(newest);
        }
        writer.revision(rollout, Revisions.revision(newest));
        if (Progress.hasDeadline(deployment)
                && Conditions.get(rollout.deployment().getStatus(), Conditions.PROGRESSING) == null) {
            writer.condition(
                    rollout, progressing("True", Conditions.FOUND, "Found new replica set \"" + name(newest) + "\""));
        }
    }

    private void create(Rollout rollout, long revision) {
        Deployment deployment = rollout.deployment();
        ReplicaSet wanted = build(rollout, revision);
        ReplicaSet created;
        try {
            created = Await.value(sets.create(wanted));
        } catch (StatusException failure) {
            created = afterFailure(rollout, wanted, failure);
        }
        rollout.newest(created);
        int size = RolloutArithmetic.replicas(created);
        if (size > 0) {
            events.normal(
                    deployment, "ScalingReplicaSet", "Scaled up replica set " + name(created) + " from 0 to " + size);
        }
        writer.revision(rollout, Revisions.revision(created));
        if (Progress.hasDeadline(deployment)) {
            writer.condition(
                    rollout,
                    progressing("True", Conditions.CREATED, "Created new replica set \"" + name(created) + "\""));
        }
    }

    /** A name that is taken by our own ReplicaSet is a success that we have not seen; by another template, a collision. */
    private ReplicaSet afterFailure(Rollout rollout, ReplicaSet wanted, StatusException failure) {
        Deployment deployment = rollout.deployment();
        if (failure.reason() == StatusReason.ALREADY_EXISTS) {
            ReplicaSet existing = Await.value(
                    sets.inNamespace(deployment.getMetadata().getNamespace()).get(name(wanted)));
            if (Owners.controls(deployment, existing) && Revisions.sameTemplate(deployment, existing)) {
                return existing;
            }
            writer.collision(rollout);
            throw failure;
        }
        if (!PodControl.isNamespaceTerminating(failure)) {
            String message = "Failed to create new replica set \"" + name(wanted) + "\": " + failure.getMessage();
            if (Progress.hasDeadline(deployment)) {
                writer.condition(rollout, progressing("False", Conditions.CREATE_ERROR, message));
            }
            events.warning(deployment, Conditions.CREATE_ERROR, message);
        }
        throw failure;
    }

    private ReplicaSet build(Rollout rollout, long revision) {
        Deployment deployment = rollout.deployment();
        PodTemplateSpec template = deployment.getSpec().getTemplate();
        String hash = TemplateHash.of(
                template,
                deployment.getStatus() == null ? null : deployment.getStatus().getCollisionCount());
        PodTemplateSpec hashed = new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .addToLabels(Revisions.HASH, hash)
                .endMetadata()
                .build();
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withLabels(hashed.getMetadata().getLabels())
                .withAnnotations(Revisions.forNewest(deployment, null, revision))
                .withOwnerReferences(Owners.controllerReference(deployment))
                .endMetadata()
                .withNewSpec()
                .withReplicas(RolloutArithmetic.newReplicas(deployment, rollout.all(), null))
                .withMinReadySeconds(RolloutArithmetic.zero(deployment.getSpec().getMinReadySeconds()))
                .withSelector(new LabelSelectorBuilder(deployment.getSpec().getSelector())
                        .addToMatchLabels(Revisions.HASH, hash)
                        .build())
                .withTemplate(hashed)
                .endSpec()
                .build();
    }

    private DeploymentCondition progressing(String status, String reason, String message) {
        return Conditions.of(Conditions.PROGRESSING, status, reason, message, time.now());
    }

    private static String name(ReplicaSet set) {
        return Objects.requireNonNull(set.getMetadata().getName());
    }
}
