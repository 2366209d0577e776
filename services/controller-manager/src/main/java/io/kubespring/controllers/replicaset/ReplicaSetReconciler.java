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
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.controllers.pods.Pods;
import io.kubespring.controllers.pods.SlowStart;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

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
    private final PodControl control;
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
        this.control = new PodControl(client, events);
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
            failure = manage(key, set, active, missing);
        }
        ReplicaSetStatus status = ReplicaSetStatuses.calculate(set, active, terminating, failure, missing, time.now());
        writeStatus(set, status);
        if (failure != null) {
            throw failure;
        }
        return untilAvailable(set, active);
    }

    private List<Pod> claim(ReplicaSet set, List<Pod> candidates) {
        return new Claims<>(
                        set,
                        set.getSpec().getSelector(),
                        podClient,
                        () -> Await.optional(setClient
                                .inNamespace(set.getMetadata().getNamespace())
                                .find(set.getMetadata().getName())))
                .claim(candidates, Pods::isActive);
    }

    private @Nullable RuntimeException manage(ObjectKey key, ReplicaSet set, List<Pod> active, int missing) {
        if (missing > 0) {
            return createMissing(key, set, Math.min(missing, BURST));
        }
        return missing < 0 ? deleteExcess(key, set, active, Math.min(-missing, BURST)) : null;
    }

    private @Nullable RuntimeException createMissing(ObjectKey key, ReplicaSet set, int count) {
        expectations.expectCreations(key, count);
        SlowStart.Outcome outcome = SlowStart.run(
                count,
                () -> control.create(
                        set, PodControl.fromTemplate(set, set.getSpec().getTemplate())));
        expectations.lowerCreations(key, count - outcome.succeeded());
        return outcome.failures().stream()
                .filter(failure -> !PodControl.isNamespaceTerminating(failure))
                .map(ReplicaSetReconciler::unchecked)
                .findFirst()
                .orElse(null);
    }

    private @Nullable RuntimeException deleteExcess(ObjectKey key, ReplicaSet set, List<Pod> active, int count) {
        List<Pod> chosen = DeletionRanking.rank(active, active, time.now()).subList(0, count);
        expectations.expectDeletions(
                key, chosen.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet()));
        Throwable failure = Flux.fromIterable(chosen)
                .flatMap(
                        pod -> control.delete(set, pod)
                                .then(reactor.core.publisher.Mono.<Throwable>empty())
                                .onErrorResume(problem -> {
                                    expectations.deletionObserved(
                                            key, pod.getMetadata().getUid());
                                    return reactor.core.publisher.Mono.just(problem);
                                }),
                        count)
                .collectList()
                .map(failures -> failures.isEmpty() ? List.<Throwable>of() : failures.subList(0, 1))
                .flatMapIterable(failures -> failures)
                .blockFirst();
        return failure == null ? null : unchecked(failure);
    }

    private static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
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
