package io.kubespring.controllers.deployment;

import static io.kubespring.controllers.deployment.RolloutArithmetic.replicas;
import static io.kubespring.controllers.deployment.RolloutArithmetic.zero;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a Deployment's status should say, and whether its rollout is done, goes on, or is stuck. */
final class Progress {

    private Progress() {}

    static boolean hasDeadline(Deployment deployment) {
        Integer seconds = deployment.getSpec().getProgressDeadlineSeconds();
        return seconds != null && seconds != Integer.MAX_VALUE;
    }

    /** Counts and availability, with the other conditions as they are. */
    static DeploymentStatus count(Rollout rollout, Instant now) {
        Deployment deployment = rollout.deployment();
        List<ReplicaSet> all = rollout.all();
        DeploymentStatus status = DeploymentWriter.copyOfStatus(deployment);
        int available = RolloutArithmetic.sumAvailable(all);
        ReplicaSet newest = rollout.newest();
        status.setObservedGeneration(deployment.getMetadata().getGeneration());
        status.setReplicas(orAbsent(sum(all, set -> set.getStatus().getReplicas())));
        status.setUpdatedReplicas(
                newest == null
                        ? null
                        : orAbsent(sum(List.of(newest), set -> set.getStatus().getReplicas())));
        status.setReadyReplicas(orAbsent(sum(all, set -> set.getStatus().getReadyReplicas())));
        status.setAvailableReplicas(orAbsent(available));
        status.setUnavailableReplicas(orAbsent(Math.max(0, RolloutArithmetic.sumReplicas(all) - available)));
        status.setTerminatingReplicas(sum(all, set -> set.getStatus().getTerminatingReplicas()));
        boolean enough = available >= replicas(deployment) - RolloutArithmetic.maxUnavailable(deployment);
        Conditions.set(
                status,
                enough
                        ? Conditions.of(
                                Conditions.AVAILABLE,
                                "True",
                                "MinimumReplicasAvailable",
                                "Deployment has minimum availability.",
                                now)
                        : Conditions.of(
                                Conditions.AVAILABLE,
                                "False",
                                "MinimumReplicasUnavailable",
                                "Deployment does not have minimum availability.",
                                now));
        return status;
    }

    /** Upstream leaves zeros out of a status. */
    private static @Nullable Integer orAbsent(int count) {
        return count == 0 ? null : count;
    }

    private interface Count {
        @Nullable
        Integer of(ReplicaSet set);
    }

    private static int sum(Collection<ReplicaSet> sets, Count count) {
        return sets.stream()
                .filter(set -> set.getStatus() != null)
                .mapToInt(set -> zero(count.of(set)))
                .sum();
    }

    /** The whole next status during a rollout. */
    static DeploymentStatus next(Rollout rollout, Instant now) {
        Deployment deployment = rollout.deployment();
        DeploymentStatus status = count(rollout, now);
        DeploymentCondition current = Conditions.get(deployment.getStatus(), Conditions.PROGRESSING);
        if (!hasDeadline(deployment)) {
            Conditions.remove(status, Conditions.PROGRESSING);
        } else if (!isSettled(status, current)) {
            progress(rollout, status, current, now);
        }
        Conditions.remove(status, Conditions.REPLICA_FAILURE);
        ReplicaSetCondition failure = failure(rollout);
        if (failure != null) {
            DeploymentCondition before = Conditions.get(deployment.getStatus(), Conditions.REPLICA_FAILURE);
            DeploymentCondition next = Conditions.of(
                    Conditions.REPLICA_FAILURE, failure.getStatus(), failure.getReason(), failure.getMessage(), now);
            // The message may name another Pod each time: that alone is no change.
            boolean same = before != null
                    && Objects.equals(before.getStatus(), next.getStatus())
                    && Objects.equals(before.getReason(), next.getReason());
            Conditions.set(status, before != null && same ? before : next);
        }
        return status;
    }

    private static boolean isSettled(DeploymentStatus status, @Nullable DeploymentCondition current) {
        return zero(status.getReplicas()) == zero(status.getUpdatedReplicas())
                && current != null
                && Conditions.NEW_AVAILABLE.equals(current.getReason());
    }

    private static void progress(
            Rollout rollout, DeploymentStatus status, @Nullable DeploymentCondition current, Instant now) {
        Deployment deployment = rollout.deployment();
        ReplicaSet newest = rollout.newest();
        String subject = newest == null
                ? "Deployment \"" + deployment.getMetadata().getName() + "\""
                : "ReplicaSet \"" + newest.getMetadata().getName() + "\"";
        if (isComplete(deployment, status)) {
            Conditions.set(
                    status,
                    Conditions.of(
                            Conditions.PROGRESSING,
                            "True",
                            Conditions.NEW_AVAILABLE,
                            subject + " has successfully progressed.",
                            now));
        } else if (isProgressing(deployment, status)) {
            DeploymentCondition next = Conditions.of(
                    Conditions.PROGRESSING, "True", Conditions.UPDATED, subject + " is progressing.", now);
            if (current != null && "True".equals(current.getStatus())) {
                next.setLastTransitionTime(current.getLastTransitionTime());
            }
            Conditions.remove(status, Conditions.PROGRESSING);
            Conditions.set(status, next);
        } else if (isTimedOut(deployment, current, now)) {
            Conditions.set(
                    status,
                    Conditions.of(
                            Conditions.PROGRESSING,
                            "False",
                            Conditions.TIMED_OUT,
                            subject + " has timed out progressing.",
                            now));
        }
    }

    static boolean isComplete(Deployment deployment, @Nullable DeploymentStatus status) {
        int wanted = replicas(deployment);
        return status != null
                && zero(status.getUpdatedReplicas()) == wanted
                && zero(status.getReplicas()) == wanted
                && zero(status.getAvailableReplicas()) == wanted
                && status.getObservedGeneration() != null
                && status.getObservedGeneration() >= deployment.getMetadata().getGeneration();
    }

    private static boolean isProgressing(Deployment deployment, DeploymentStatus next) {
        DeploymentStatus before = DeploymentWriter.copyOfStatus(deployment);
        int oldBefore = zero(before.getReplicas()) - zero(before.getUpdatedReplicas());
        int oldNext = zero(next.getReplicas()) - zero(next.getUpdatedReplicas());
        return zero(next.getUpdatedReplicas()) > zero(before.getUpdatedReplicas())
                || oldNext < oldBefore
                || zero(next.getReadyReplicas()) > zero(before.getReadyReplicas())
                || zero(next.getAvailableReplicas()) > zero(before.getAvailableReplicas());
    }

    private static boolean isTimedOut(Deployment deployment, @Nullable DeploymentCondition current, Instant now) {
        if (current == null || Conditions.NEW_AVAILABLE.equals(current.getReason())) {
            return false;
        }
        return Conditions.TIMED_OUT.equals(current.getReason())
                || deadline(deployment, current).isBefore(now);
    }

    private static Instant deadline(Deployment deployment, DeploymentCondition current) {
        return Instant.parse(current.getLastUpdateTime())
                .plusSeconds(deployment.getSpec().getProgressDeadlineSeconds());
    }

    /** When to look whether a rollout is stuck; null where there is nothing to wait for. */
    static @Nullable Duration untilStuck(Deployment deployment, Instant now) {
        DeploymentCondition current = Conditions.get(deployment.getStatus(), Conditions.PROGRESSING);
        if (!hasDeadline(deployment)
                || current == null
                || isComplete(deployment, deployment.getStatus())
                || Conditions.TIMED_OUT.equals(current.getReason())
                || Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
            return null;
        }
        Duration left = Duration.between(now, deadline(deployment, current));
        return left.isNegative() ? Duration.ofSeconds(1) : left.plusSeconds(1);
    }

    private static @Nullable ReplicaSetCondition failure(Rollout rollout) {
        ReplicaSet newest = rollout.newest();
        ReplicaSetCondition found = newest == null ? null : failure(newest);
        for (ReplicaSet set : rollout.old()) {
            found = found == null ? failure(set) : found;
        }
        return found;
    }

    private static @Nullable ReplicaSetCondition failure(ReplicaSet set) {
        if (set.getStatus() != null) {
            for (ReplicaSetCondition condition : set.getStatus().getConditions()) {
                if (condition.getType().equals(Conditions.REPLICA_FAILURE)) {
                    return condition;
                }
            }
        }
        return null;
    }
}
