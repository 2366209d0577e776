package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.ownership.Claims;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.pods.Pods;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Takes a Deployment one step further: follow a change of size, or take a step of the rollout, then write the status.
 * Relies on optimistic concurrency: a write on an old copy fails and the step is taken again.
 */
final class DeploymentReconciler implements Reconciler<ObjectKey> {

    private final Lister<Deployment> deployments;
    private final Lister<ReplicaSet> sets;
    private final Lister<Pod> pods;
    private final Resources<Deployment> deploymentClient;
    private final Resources<ReplicaSet> setClient;
    private final EventRecorder events;
    private final TimeSource time;
    private final DeploymentWriter writer;
    private final NewReplicaSets newReplicaSets;
    private final ReplicaSetScaler scaler;
    private final RollingUpdate rollingUpdate;

    DeploymentReconciler(
            Lister<Deployment> deployments,
            Lister<ReplicaSet> sets,
            Lister<Pod> pods,
            KubeClient client,
            EventRecorder events) {
        this.deployments = deployments;
        this.sets = sets;
        this.pods = pods;
        this.deploymentClient = client.resources(Deployment.class);
        this.setClient = client.resources(ReplicaSet.class);
        this.events = events;
        this.time = client.time();
        this.writer = new DeploymentWriter(client);
        this.newReplicaSets = new NewReplicaSets(client, writer, events);
        this.scaler = new ReplicaSetScaler(setClient, events);
        this.rollingUpdate = new RollingUpdate(scaler);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Deployment deployment = deployments.get(key.namespace(), key.name());
        if (deployment == null) {
            return Result.DONE;
        }
        if (Selectors.isEmpty(deployment.getSpec().getSelector())) {
            events.warning(
                    deployment,
                    "SelectingAll",
                    "This deployment is selecting all pods. A non-empty selector is required.");
            return Result.DONE;
        }
        List<ReplicaSet> owned = claim(deployment);
        ReplicaSet newest = Revisions.findNew(deployment, owned);
        var rollout = new Rollout(deployment, newest, Revisions.findOld(owned, newest));
        if (deployment.getMetadata().getDeletionTimestamp() != null) {
            writer.status(rollout, Progress.count(rollout, time.now()));
            return Result.DONE;
        }
        step(rollout);
        Duration untilStuck = Progress.untilStuck(rollout.deployment(), time.now());
        return untilStuck == null ? Result.DONE : Result.after(untilStuck);
    }

    private List<ReplicaSet> claim(Deployment deployment) {
        return new Claims<>(deployment, deployment.getSpec().getSelector(), setClient, deploymentClient)
                .claim(
                        Owners.candidates(sets, deployment),
                        set -> set.getMetadata().getDeletionTimestamp() == null);
    }

    private void step(Rollout rollout) {
        notePause(rollout);
        if (isPaused(rollout) || isScaling(rollout)) {
            newReplicaSets.sync(rollout, false);
            scaler.follow(rollout);
            if (isPaused(rollout)) {
                cleanUp(rollout);
            }
            writer.status(rollout, Progress.count(rollout, time.now()));
            return;
        }
        boolean scaled =
                RolloutArithmetic.isRollingUpdate(rollout.deployment()) ? rollForward(rollout) : recreate(rollout);
        if (!scaled
                && Progress.isComplete(
                        rollout.deployment(), rollout.deployment().getStatus())) {
            cleanUp(rollout);
        }
        writer.status(rollout, Progress.next(rollout, time.now()));
    }

    private boolean rollForward(Rollout rollout) {
        newReplicaSets.sync(rollout, true);
        return rollingUpdate.step(rollout);
    }

    /** All old Pods must be gone before the first new one is made. */
    private boolean recreate(Rollout rollout) {
        newReplicaSets.sync(rollout, false);
        boolean scaled = false;
        for (ReplicaSet set : Revisions.withReplicas(rollout.old())) {
            scaled |= scaler.scale(rollout, set, 0);
        }
        if (scaled || oldPodsRun(rollout)) {
            return true;
        }
        if (rollout.newest() == null) {
            newReplicaSets.sync(rollout, true);
        }
        ReplicaSet newest = rollout.newest();
        return newest != null && scaler.scale(rollout, newest, RolloutArithmetic.replicas(rollout.deployment()));
    }

    private boolean oldPodsRun(Rollout rollout) {
        return rollout.old().stream()
                .anyMatch(set -> set.getStatus() != null
                                && RolloutArithmetic.zero(set.getStatus().getReplicas()) > 0
                        || pods.byIndex(Owners.INDEX, set.getMetadata().getUid()).stream()
                                .anyMatch(pod -> !Pods.isFinished(pod)));
    }

    private static boolean isPaused(Rollout rollout) {
        return Boolean.TRUE.equals(rollout.deployment().getSpec().getPaused());
    }

    /** Whether the Deployment's size changed since its ReplicaSets were last scaled. */
    private static boolean isScaling(Rollout rollout) {
        return Revisions.withReplicas(rollout.all()).stream()
                .map(Revisions::desiredReplicas)
                .anyMatch(desired -> desired >= 0 && desired != RolloutArithmetic.replicas(rollout.deployment()));
    }

    /** The time while paused must not count towards the progress deadline. */
    private void notePause(Rollout rollout) {
        Deployment deployment = rollout.deployment();
        if (!Progress.hasDeadline(deployment)) {
            return;
        }
        DeploymentCondition current = Conditions.get(deployment.getStatus(), Conditions.PROGRESSING);
        if (current != null && Conditions.TIMED_OUT.equals(current.getReason())) {
            return;
        }
        boolean noted = current != null && Conditions.PAUSED.equals(current.getReason());
        if (isPaused(rollout) && !noted) {
            writer.condition(
                    rollout,
                    Conditions.of(
                            Conditions.PROGRESSING, "Unknown", Conditions.PAUSED, "Deployment is paused", time.now()));
        } else if (!isPaused(rollout) && noted) {
            writer.condition(
                    rollout,
                    Conditions.of(
                            Conditions.PROGRESSING,
                            "Unknown",
                            Conditions.RESUMED,
                            "Deployment is resumed",
                            time.now()));
        }
    }

    /** Deletes the oldest empty ReplicaSets beyond revisionHistoryLimit. */
    private void cleanUp(Rollout rollout) {
        Integer limit = rollout.deployment().getSpec().getRevisionHistoryLimit();
        if (limit == null || limit == Integer.MAX_VALUE) {
            return;
        }
        List<ReplicaSet> kept = rollout.old().stream()
                .filter(set -> set.getMetadata().getDeletionTimestamp() == null)
                .sorted(Comparator.comparingLong(Revisions::revision).thenComparing(Revisions.OLDEST_FIRST))
                .toList();
        for (ReplicaSet set : kept.subList(0, Math.max(0, kept.size() - limit))) {
            if (isIdle(set)) {
                delete(set);
            }
        }
    }

    private static boolean isIdle(ReplicaSet set) {
        return RolloutArithmetic.replicas(set) == 0
                && (set.getStatus() == null
                        || RolloutArithmetic.zero(set.getStatus().getReplicas()) == 0)
                && set.getStatus() != null
                && set.getStatus().getObservedGeneration() != null
                && set.getStatus().getObservedGeneration() >= set.getMetadata().getGeneration();
    }

    private void delete(ReplicaSet set) {
        try {
            Await.done(setClient
                    .inNamespace(set.getMetadata().getNamespace())
                    .delete(
                            set.getMetadata().getName(),
                            DeleteOptions.ofUid(set.getMetadata().getUid())));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
        }
    }
}
