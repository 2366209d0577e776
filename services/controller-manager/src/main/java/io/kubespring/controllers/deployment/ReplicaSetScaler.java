package io.kubespring.controllers.deployment;

import static io.kubespring.controllers.deployment.RolloutArithmetic.replicas;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.kubespring.client.Await;
import io.kubespring.client.Resources;
import io.kubespring.client.event.EventRecorder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes the size of ReplicaSets and tells of it. */
final class ReplicaSetScaler {

    private final Resources<ReplicaSet> client;
    private final EventRecorder events;

    ReplicaSetScaler(Resources<ReplicaSet> client, EventRecorder events) {
        this.client = client;
        this.events = events;
    }

    /** @return whether the size changed; the sizes noted in annotations are written even where it did not */
    boolean scale(Rollout rollout, ReplicaSet set, int size) {
        Deployment deployment = rollout.deployment();
        int before = replicas(set);
        Map<String, String> annotations =
                new LinkedHashMap<>(Revisions.annotations(set.getMetadata().getAnnotations()));
        Map<String, String> sizes = Revisions.sizes(deployment);
        if (before == size && annotations.entrySet().containsAll(sizes.entrySet())) {
            return false;
        }
        annotations.putAll(sizes);
        ReplicaSet next = new ReplicaSetBuilder(set)
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .editSpec()
                .withReplicas(size)
                .endSpec()
                .build();
        rollout.replace(Await.value(client.update(next)));
        if (before == size) {
            return false;
        }
        events.normal(
                deployment,
                "ScalingReplicaSet",
                "Scaled " + (size > before ? "up" : "down") + " replica set "
                        + set.getMetadata().getName() + " from " + before + " to " + size);
        return true;
    }

    /**
     * Follows a change of the Deployment's size: all Pods to the only ReplicaSet that has any, else, in the middle of a
     * rollout, to each in proportion.
     */
    void follow(Rollout rollout) {
        Deployment deployment = rollout.deployment();
        ReplicaSet only = activeOrLatest(rollout);
        if (only != null) {
            if (replicas(only) != replicas(deployment)) {
                scale(rollout, only, replicas(deployment));
            }
            return;
        }
        if (isSaturated(deployment, rollout.newest())) {
            for (ReplicaSet set : Revisions.withReplicas(rollout.old())) {
                scale(rollout, set, 0);
            }
            return;
        }
        if (RolloutArithmetic.isRollingUpdate(deployment)) {
            shareOut(rollout);
        }
    }

    private void shareOut(Rollout rollout) {
        Deployment deployment = rollout.deployment();
        List<ReplicaSet> active = Revisions.withReplicas(rollout.all());
        int wanted = replicas(deployment);
        int allowed = wanted > 0 ? wanted + RolloutArithmetic.maxSurge(deployment) : 0;
        int toAdd = allowed - RolloutArithmetic.sumReplicas(active);
        active = active.stream().sorted(bySize(toAdd > 0)).toList();
        var sizes = new LinkedHashMap<ReplicaSet, Integer>();
        int added = 0;
        for (ReplicaSet set : active) {
            int share = RolloutArithmetic.proportion(set, deployment, toAdd, added);
            sizes.put(set, replicas(set) + share);
            added += share;
        }
        int leftover = toAdd - added;
        for (Map.Entry<ReplicaSet, Integer> entry : sizes.entrySet()) {
            scale(rollout, entry.getKey(), Math.max(0, entry.getValue() + leftover));
            leftover = 0;
        }
    }

    /** Largest first; of equals the newer first when growing, the older first when shrinking. */
    private static Comparator<ReplicaSet> bySize(boolean newerFirst) {
        Comparator<ReplicaSet> bySize = Comparator.comparingInt((ReplicaSet set) -> -replicas(set));
        return bySize.thenComparing(newerFirst ? Revisions.OLDEST_FIRST.reversed() : Revisions.OLDEST_FIRST);
    }

    private static @Nullable ReplicaSet activeOrLatest(Rollout rollout) {
        List<ReplicaSet> active = Revisions.withReplicas(rollout.all());
        if (active.size() == 1) {
            return active.getFirst();
        }
        if (!active.isEmpty()) {
            return null;
        }
        return rollout.newest() != null
                ? rollout.newest()
                : rollout.old().stream().max(Revisions.OLDEST_FIRST).orElse(null);
    }

    private static boolean isSaturated(Deployment deployment, @Nullable ReplicaSet set) {
        return set != null
                && Revisions.desiredReplicas(set) == replicas(deployment)
                && replicas(set) == replicas(deployment)
                && RolloutArithmetic.available(set) == replicas(deployment);
    }
}
