package io.kubespring.controllers.deployment;

import static io.kubespring.controllers.deployment.RolloutArithmetic.available;
import static io.kubespring.controllers.deployment.RolloutArithmetic.replicas;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;

/**
 * One step of a rolling update: grow the new ReplicaSet as far as maxSurge lets it, or shrink the old ones as far as
 * maxUnavailable lets them, those Pods first that are not healthy anyway.
 */
final class RollingUpdate {

    private final ReplicaSetScaler scaler;

    RollingUpdate(ReplicaSetScaler scaler) {
        this.scaler = scaler;
    }

    /** @return whether anything was scaled: one step at a time */
    boolean step(Rollout rollout) {
        return growNew(rollout) || shrinkOld(rollout);
    }

    private boolean growNew(Rollout rollout) {
        ReplicaSet newest = rollout.newest();
        Deployment deployment = rollout.deployment();
        if (newest == null || replicas(newest) == replicas(deployment)) {
            return false;
        }
        int size = replicas(newest) > replicas(deployment)
                ? replicas(deployment)
                : RolloutArithmetic.newReplicas(deployment, rollout.all(), newest);
        return size != replicas(newest) && scaler.scale(rollout, newest, size);
    }

    private boolean shrinkOld(Rollout rollout) {
        if (RolloutArithmetic.sumReplicas(rollout.old()) == 0) {
            return false;
        }
        Deployment deployment = rollout.deployment();
        int minAvailable = replicas(deployment) - RolloutArithmetic.maxUnavailable(deployment);
        int newUnavailable = replicas(rollout.newest()) - available(rollout.newest());
        int room = RolloutArithmetic.sumReplicas(rollout.all()) - minAvailable - newUnavailable;
        if (room <= 0) {
            return false;
        }
        int cleaned = shrinkUnhealthy(rollout, room);
        int shrunk = shrinkHealthy(rollout, minAvailable);
        return cleaned + shrunk > 0;
    }

    private int shrinkUnhealthy(Rollout rollout, int room) {
        int total = 0;
        for (ReplicaSet set : oldestFirst(rollout)) {
            int unhealthy = replicas(set) - available(set);
            int step = Math.min(room - total, unhealthy);
            if (step > 0) {
                scaler.scale(rollout, set, replicas(set) - step);
                total += step;
            }
        }
        return total;
    }

    private int shrinkHealthy(Rollout rollout, int minAvailable) {
        int excess = RolloutArithmetic.sumAvailable(rollout.all()) - minAvailable;
        int total = 0;
        for (ReplicaSet set : oldestFirst(rollout)) {
            int step = Math.min(replicas(set), excess - total);
            if (step > 0) {
                scaler.scale(rollout, set, replicas(set) - step);
                total += step;
            }
        }
        return total;
    }

    private static List<ReplicaSet> oldestFirst(Rollout rollout) {
        return rollout.old().stream().sorted(Revisions.OLDEST_FIRST).toList();
    }
}
