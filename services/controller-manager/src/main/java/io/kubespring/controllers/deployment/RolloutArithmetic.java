package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How many Pods each ReplicaSet may have. Percentages of maxSurge round up, those of maxUnavailable down; where both come
 * to zero, one Pod may be unavailable, so that a rollout can always go on.
 */
final class RolloutArithmetic {

    private RolloutArithmetic() {}

    static int replicas(Deployment deployment) {
        return zero(deployment.getSpec().getReplicas());
    }

    static int replicas(@Nullable ReplicaSet set) {
        return set == null ? 0 : zero(set.getSpec().getReplicas());
    }

    static int available(@Nullable ReplicaSet set) {
        return set == null || set.getStatus() == null ? 0 : zero(set.getStatus().getAvailableReplicas());
    }

    static int zero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    static int sumReplicas(Collection<ReplicaSet> sets) {
        return sets.stream().mapToInt(RolloutArithmetic::replicas).sum();
    }

    static int sumAvailable(Collection<ReplicaSet> sets) {
        return sets.stream().mapToInt(RolloutArithmetic::available).sum();
    }

    static boolean isRollingUpdate(Deployment deployment) {
        return deployment.getSpec().getStrategy() == null
                || !"Recreate".equals(deployment.getSpec().getStrategy().getType());
    }

    static int maxSurge(Deployment deployment) {
        RollingUpdateDeployment rolling = rolling(deployment);
        if (rolling == null) {
            return 0;
        }
        return scaled(rolling.getMaxSurge(), replicas(deployment), true);
    }

    static int maxUnavailable(Deployment deployment) {
        RollingUpdateDeployment rolling = rolling(deployment);
        int replicas = replicas(deployment);
        if (rolling == null || replicas == 0) {
            return 0;
        }
        int surge = scaled(rolling.getMaxSurge(), replicas, true);
        int unavailable = scaled(rolling.getMaxUnavailable(), replicas, false);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return Math.min(unavailable, replicas);
    }

    private static @Nullable RollingUpdateDeployment rolling(Deployment deployment) {
        return isRollingUpdate(deployment) && deployment.getSpec().getStrategy() != null
                ? deployment.getSpec().getStrategy().getRollingUpdate()
                : null;
    }

    /** A number as it is, "25%" of {@code total}. */
    static int scaled(@Nullable IntOrString value, int total, boolean roundUp) {
        if (value == null) {
            return 0;
        }
        if (value.getIntVal() != null) {
            return value.getIntVal();
        }
        String text = value.getStrVal();
        int percent = Integer.parseInt(text.substring(0, text.length() - 1));
        double exact = (double) percent * total / 100;
        return (int) (roundUp ? Math.ceil(exact) : Math.floor(exact));
    }

    /** How many Pods the newest ReplicaSet may have now, given what all have together. */
    static int newReplicas(Deployment deployment, Collection<ReplicaSet> all, @Nullable ReplicaSet newest) {
        int wanted = replicas(deployment);
        if (!isRollingUpdate(deployment)) {
            return wanted;
        }
        int room = wanted + maxSurge(deployment) - sumReplicas(all);
        int current = replicas(newest);
        return room <= 0 ? current : current + Math.min(room, wanted - current);
    }

    /**
     * One ReplicaSet's share of a change in the Deployment's size while several have Pods: in proportion to its size.
     *
     * @param toAdd how many Pods all shall gain (lose, if negative)
     * @param added how many of them were shared out already
     */
    static int proportion(ReplicaSet set, Deployment deployment, int toAdd, int added) {
        if (replicas(set) == 0 || toAdd == 0 || toAdd == added) {
            return 0;
        }
        int share = share(set, deployment);
        int allowed = toAdd - added;
        return toAdd > 0 ? Math.min(share, allowed) : Math.max(share, allowed);
    }

    private static int share(ReplicaSet set, Deployment deployment) {
        if (replicas(deployment) == 0) {
            return -replicas(set);
        }
        int maxNow = replicas(deployment) + maxSurge(deployment);
        int maxBefore = Revisions.maxReplicas(set);
        if (maxBefore <= 0) {
            maxBefore = deployment.getStatus() == null
                    ? 0
                    : zero(deployment.getStatus().getReplicas());
        }
        if (maxBefore <= 0) {
            return 0;
        }
        return (int) Math.round((double) replicas(set) * maxNow / maxBefore) - replicas(set);
    }
}
