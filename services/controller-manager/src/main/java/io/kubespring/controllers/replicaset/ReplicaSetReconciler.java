package io.kubespring.controllers.replicaset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.ownership.Claims;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.pods.DeletionRanking;
import io.kubespring.controllers.pods.OwnedPods;
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.controllers.pods.Pods;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts a ReplicaSet's Pods and makes or deletes what is missing or too much, at most {@value #BURST} at a time. Never
 * counts while its own writes are not yet seen ({@link Expectations}).
 */
final class ReplicaSetReconciler implements Reconciler<ObjectKey> {

    private static final int BURST = 500;

    private final Lister<ReplicaSet> sets;
    private final Lister<Pod> pods;
    private final Resources<ReplicaSet> setClient;
    private final Resources<Pod> podClient;
    private final OwnedPods owned;
    private final Expectations<ObjectKey> expectations;
    private final TimeSource time;

    ReplicaSetReconciler(
            Lister<ReplicaSet> sets,
            Lister<Pod> pods,
            KubeClient client,
            EventRecorder events,
            Expectations<ObjectKey> expectations) {
        this.sets = sets;
        this.pods = pods;
        this.setClient = client.resources(ReplicaSet.class);
        this.podClient = client.resources(Pod.class);
        this.owned = new OwnedPods(new PodControl(client, events), expectations);
        this.expectations = expectations;
        this.time = client.time();
    }

    @Override
    public Result reconcile(ObjectKey key) {
        ReplicaSet set = sets.get(key.namespace(), key.name());
        if (set == null) {
            expectations.forget(key);
            return Result.DONE;
        }
        boolean fresh = expectations.satisfied(key);
        Collection<Pod> all = Owners.candidates(pods, set);
        List<Pod> active = claim(set, all.stream().filter(Pods::isActive).toList());
        int terminating = (int) all.stream()
                .filter(pod -> Pods.isTerminating(pod) && !Pods.isFinished(pod) && Owners.controls(set, pod))
                .count();
        int missing = ReplicaSetStatuses.zero(set.getSpec().getReplicas()) - active.size();
        RuntimeException failure = null;
        if (fresh && set.getMetadata().getDeletionTimestamp() == null) {
            failure = manage(set, active, missing);
        }
        ReplicaSetStatus status = ReplicaSetStatuses.calculate(set, active, terminating, failure, missing, time.now());
        writeStatus(set, status);
        if (failure != null) {
            throw failure;
        }
        return untilAvailable(set, active);
    }

    private List<Pod> claim(ReplicaSet set, List<Pod> candidates) {
        return new Claims<>(set, set.getSpec().getSelector(), podClient, setClient).claim(candidates, Pods::isActive);
    }

    private @Nullable RuntimeException manage(ReplicaSet set, List<Pod> active, int missing) {
        if (missing > 0) {
            return owned.create(
                            set,
                            Math.min(missing, BURST),
                            () -> PodControl.fromTemplate(set, set.getSpec().getTemplate()))
                    .failure();
        }
        return missing < 0
                ? owned.delete(
                        set, DeletionRanking.rank(active, active, time.now()).subList(0, Math.min(-missing, BURST)))
                : null;
    }

    private void writeStatus(ReplicaSet set, ReplicaSetStatus status) {
        if (ReplicaSetStatuses.same(set.getStatus(), status)) {
            return;
        }
        ReplicaSet next = new ReplicaSetBuilder(set).withStatus(status).build();
        Await.done(setClient.updateStatus(next));
    }

    /** A Pod becomes available by the passing of time alone. */
    private Result untilAvailable(ReplicaSet set, List<Pod> active) {
        int minReady = ReplicaSetStatuses.minReadySeconds(set);
        if (minReady == 0) {
            return Result.DONE;
        }
        return active.stream()
                .map(pod -> Pods.untilAvailable(pod, minReady, time.now()))
                .filter(Duration::isPositive)
                .min(Duration::compareTo)
                .map(Result::after)
                .orElse(Result.DONE);
    }
}
