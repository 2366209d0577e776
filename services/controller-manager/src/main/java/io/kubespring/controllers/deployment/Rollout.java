package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment and its ReplicaSets during one reconciliation. Holds copies that follow our own writes, so that each step
 * sees the one before it.
 */
final class Rollout {

    private Deployment deployment;
    private @Nullable ReplicaSet newest;
    private final List<ReplicaSet> old;

    Rollout(Deployment deployment, @Nullable ReplicaSet newest, List<ReplicaSet> old) {
        this.deployment = deployment;
        this.newest = newest;
        this.old = new ArrayList<>(old);
    }

    Deployment deployment() {
        return deployment;
    }

    /** Has the Deployment's template; null where it is not made yet. */
    @Nullable
    ReplicaSet newest() {
        return newest;
    }

    List<ReplicaSet> old() {
        return List.copyOf(old);
    }

    List<ReplicaSet> all() {
        var all = new ArrayList<>(old);
        if (newest != null) {
            all.add(newest);
        }
        return all;
    }

    void deployment(Deployment written) {
        deployment = written;
    }

    void newest(ReplicaSet written) {
        newest = written;
    }

    /** Replaces whichever ReplicaSet this is a newer version of. */
    void replace(ReplicaSet written) {
        if (newest != null && same(newest, written)) {
            newest = written;
            return;
        }
        old.replaceAll(each -> same(each, written) ? written : each);
    }

    private static boolean same(ReplicaSet one, ReplicaSet other) {
        return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid());
    }
}
