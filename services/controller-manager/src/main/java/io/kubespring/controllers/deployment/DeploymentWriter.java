package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;

/** Writes what the controller may change of a Deployment: its revision annotation and its status. */
final class DeploymentWriter {

    private final Resources<Deployment> deployments;

    DeploymentWriter(KubeClient client) {
        this.deployments = client.resources(Deployment.class);
    }

    void revision(Rollout rollout, long revision) {
        Deployment deployment = rollout.deployment();
        String text = Long.toString(revision);
        if (text.equals(
                Revisions.annotations(deployment.getMetadata().getAnnotations()).get(Revisions.REVISION))) {
            return;
        }
        Deployment next = new DeploymentBuilder(deployment)
                .editMetadata()
                .addToAnnotations(Revisions.REVISION, text)
                .endMetadata()
                .build();
        rollout.deployment(Await.value(deployments.update(next)));
    }

    void condition(Rollout rollout, DeploymentCondition condition) {
        DeploymentStatus status = copyOfStatus(rollout.deployment());
        Conditions.set(status, condition);
        status(rollout, status);
    }

    /** The next ReplicaSet gets another name. */
    void collision(Rollout rollout) {
        DeploymentStatus status = copyOfStatus(rollout.deployment());
        status.setCollisionCount(RolloutArithmetic.zero(status.getCollisionCount()) + 1);
        status(rollout, status);
    }

    void status(Rollout rollout, DeploymentStatus status) {
        if (status.equals(rollout.deployment().getStatus())) {
            return;
        }
        Deployment next =
                new DeploymentBuilder(rollout.deployment()).withStatus(status).build();
        rollout.deployment(Await.value(deployments.updateStatus(next)));
    }

    static DeploymentStatus copyOfStatus(Deployment deployment) {
        return deployment.getStatus() == null
                ? new DeploymentStatus()
                : new DeploymentStatusBuilder(deployment.getStatus()).build();
    }
}
