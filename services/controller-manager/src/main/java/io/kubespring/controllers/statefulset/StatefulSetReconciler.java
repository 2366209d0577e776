package io.kubespring.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
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
import io.kubespring.controllers.history.RevisionHistory;
import io.kubespring.controllers.ownership.Claims;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.pods.Pods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One round of a StatefulSet. OrderedReady: a Pod is made only when all before it are ready, ended only when all after it
 * are gone, replaced from the last to the first; Parallel: made and ended at once. Names make creations idempotent, so no
 * expectations are needed. The retention policy of claims is not followed: claims stay.
 */
final class StatefulSetReconciler implements Reconciler<ObjectKey> {

    private final Lister<StatefulSet> sets;
    private final Lister<Pod> pods;
    private final Resources<StatefulSet> client;
    private final Resources<Pod> podClient;
    private final Resources<PersistentVolumeClaim> claimClient;
    private final EventRecorder events;
    private final RevisionHistory history;
    private final TimeSource time;

    StatefulSetReconciler(
            Lister<StatefulSet> sets,
            Lister<Pod> pods,
            KubeClient client,
            EventRecorder events,
            RevisionHistory history) {
        this.sets = sets;
        this.pods = pods;
        this.client = client.resources(StatefulSet.class);
        this.podClient = client.resources(Pod.class);
        this.claimClient = client.resources(PersistentVolumeClaim.class);
        this.events = events;
        this.history = history;
        this.time = client.time();
    }

    @Override
    public Result reconcile(ObjectKey key) {
        StatefulSet set = sets.get(key.namespace(), key.name());
        if (set == null || set.getMetadata().getDeletionTimestamp() != null) {
            return Result.DONE;
        }
        new Round(set).run();
        return Result.DONE;
    }

    private List<Pod> claim(StatefulSet set) {
        return new Claims<>(set, set.getSpec().getSelector(), podClient, client)
                .claim(Owners.candidates(pods, set), pod -> Identities.ordinal(set, pod) >= 0);
    }

    /** The state of one reconciliation. */
    private final class Round {
        private final StatefulSet set;
        private final int first;
        private final int last;
        private final boolean ordered;
        private final ControllerRevision update;
        private final ControllerRevision current;
        private final TreeMap<Integer, Pod> byOrdinal = new TreeMap<>();

        Round(StatefulSet set) {
            this.set = set;
            int replicas =
                    set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
            this.first = Identities.start(set);
            this.last = first + replicas - 1;
            this.ordered = !"Parallel".equals(set.getSpec().getPodManagementPolicy());
            this.update = history.current(set, set.getSpec().getTemplate());
            this.current = currentRevision();
            for (Pod pod : claim(set)) {
                byOrdinal.put(Identities.ordinal(set, pod), pod);
            }
        }

        private ControllerRevision currentRevision() {
            String name = set.getStatus() == null ? null : set.getStatus().getCurrentRevision();
            return history.of(set).stream()
                    .filter(revision -> revision.getMetadata().getName().equals(name))
                    .findFirst()
                    .orElse(update);
        }

        void run() {
            try {
                if (fill() && shrink()) {
                    replaceOld();
                }
            } finally {
                writeStatus();
            }
            trimHistory();
        }

        /** @return whether every Pod that should be there is, ready where order counts */
        private boolean fill() {
            for (int ordinal = first; ordinal <= last; ordinal++) {
                Pod pod = byOrdinal.get(ordinal);
                if (pod == null) {
                    create(ordinal);
                    if (ordered) {
                        return false;
                    }
                } else if (Pods.isFinished(pod) && !Pods.isTerminating(pod)) {
                    delete(pod, "is finished and replaced");
                    return false;
                } else if (ordered && (Pods.isTerminating(pod) || !isAvailable(pod))) {
                    return false;
                }
            }
            return true;
        }

        /** @return whether no Pod is too many */
        private boolean shrink() {
            List<Pod> excess = byOrdinal.entrySet().stream()
                    .filter(entry -> entry.getKey() < first || entry.getKey() > last)
                    .sorted(Comparator.comparing(entry -> -entry.getKey()))
                    .map(java.util.Map.Entry::getValue)
                    .toList();
            for (Pod pod : excess) {
                if (!Pods.isTerminating(pod)) {
                    delete(pod, "");
                }
                if (ordered) {
                    return false;
                }
            }
            return excess.isEmpty();
        }

        /** From the last to the partition, one at a time, each only when those after it are available again. */
        private void replaceOld() {
            if (set.getSpec().getUpdateStrategy() != null
                    && "OnDelete".equals(set.getSpec().getUpdateStrategy().getType())) {
                return;
            }
            for (int ordinal = last; ordinal >= first + partition(); ordinal--) {
                Pod pod = byOrdinal.get(ordinal);
                if (pod == null || Pods.isTerminating(pod)) {
                    return;
                }
                if (!hasRevision(pod, update)) {
                    delete(pod, "");
                    return;
                }
                if (!isAvailable(pod)) {
                    return;
                }
            }
        }

        private int partition() {
            RollingUpdateStatefulSetStrategy rolling = set.getSpec().getUpdateStrategy() == null
                    ? null
                    : set.getSpec().getUpdateStrategy().getRollingUpdate();
            return rolling == null || rolling.getPartition() == null ? 0 : rolling.getPartition();
        }

        private void create(int ordinal) {
            // Below the partition a lost Pod comes back as it was.
            boolean old = ordinal < first + partition();
            ControllerRevision revision = old ? current : update;
            PodTemplateSpec template =
                    old ? RevisionHistory.template(current) : set.getSpec().getTemplate();
            String name = Identities.name(set, ordinal);
            try {
                for (PersistentVolumeClaim claim : Identities.claims(set, ordinal)) {
                    createClaim(claim, name);
                }
                Pod pod = Identities.pod(
                        set, template, ordinal, revision.getMetadata().getName());
                byOrdinal.put(ordinal, Await.value(podClient.create(pod)));
                events.normal(
                        set,
                        "SuccessfulCreate",
                        "create Pod " + name + " in StatefulSet "
                                + set.getMetadata().getName() + " successful");
            } catch (StatusException failure) {
                if (failure.reason() == StatusReason.ALREADY_EXISTS) {
                    return;
                }
                events.warning(
                        set,
                        "FailedCreate",
                        "create Pod " + name + " in StatefulSet "
                                + set.getMetadata().getName() + " failed error: " + failure.getMessage());
                throw failure;
            }
        }

        private void createClaim(PersistentVolumeClaim claim, String pod) {
            String name = claim.getMetadata().getName();
            if (Await.optional(claimClient
                            .inNamespace(set.getMetadata().getNamespace())
                            .find(name))
                    == null) {
                Await.done(claimClient.create(claim));
                events.normal(
                        set,
                        "SuccessfulCreate",
                        "create Claim " + name + " Pod " + pod + " in StatefulSet "
                                + set.getMetadata().getName() + " success");
            }
        }

        private void delete(Pod pod, String why) {
            String name = pod.getMetadata().getName();
            if (!why.isEmpty()) {
                events.warning(
                        set,
                        "RecreatingFailedPod",
                        "StatefulSet " + set.getMetadata().getNamespace() + "/"
                                + set.getMetadata().getName() + " is recreating failed Pod " + name);
            }
            try {
                Await.done(podClient
                        .inNamespace(set.getMetadata().getNamespace())
                        .delete(name, DeleteOptions.ofUid(pod.getMetadata().getUid())));
                events.normal(
                        set,
                        "SuccessfulDelete",
                        "delete Pod " + name + " in StatefulSet "
                                + set.getMetadata().getName() + " successful");
            } catch (StatusException failure) {
                if (failure.reason() != StatusReason.NOT_FOUND) {
                    throw failure;
                }
            }
        }

        private boolean isAvailable(Pod pod) {
            Integer seconds = set.getSpec().getMinReadySeconds();
            return Pods.phase(pod).equals(Pods.RUNNING)
                    && Pods.isAvailable(pod, seconds == null ? 0 : seconds, time.now());
        }

        private void writeStatus() {
            StatefulSetStatus status = set.getStatus() == null
                    ? new StatefulSetStatus()
                    : new StatefulSetStatusBuilder(set.getStatus()).build();
            List<Pod> mine = new ArrayList<>(byOrdinal.values());
            int updated = count(mine, pod -> hasRevision(pod, update) && !Pods.isTerminating(pod));
            int ready = count(mine, pod -> Pods.isReady(pod) && Pods.phase(pod).equals(Pods.RUNNING));
            int wanted = last - first + 1;
            boolean done = partition() == 0 && updated == wanted && mine.size() == wanted && ready == wanted;
            ControllerRevision settled = done ? update : current;
            status.setReplicas(mine.size());
            status.setReadyReplicas(orAbsent(ready));
            status.setAvailableReplicas(count(mine, this::isAvailable));
            status.setUpdatedReplicas(orAbsent(updated));
            status.setCurrentReplicas(
                    orAbsent(count(mine, pod -> hasRevision(pod, settled) && !Pods.isTerminating(pod))));
            status.setCurrentRevision(settled.getMetadata().getName());
            status.setUpdateRevision(update.getMetadata().getName());
            status.setObservedGeneration(set.getMetadata().getGeneration());
            status.setCollisionCount(status.getCollisionCount() == null ? 0 : status.getCollisionCount());
            if (!status.equals(set.getStatus())) {
                Await.done(client.updateStatus(
                        new StatefulSetBuilder(set).withStatus(status).build()));
            }
        }

        private void trimHistory() {
            Integer limit = set.getSpec().getRevisionHistoryLimit();
            history.trim(
                    set,
                    new HashSet<>(List.of(RevisionHistory.hashOf(update), RevisionHistory.hashOf(current))),
                    limit == null ? 10 : limit);
        }
    }

    private static int count(List<Pod> pods, java.util.function.Predicate<Pod> rule) {
        return (int) pods.stream().filter(rule).count();
    }

    private static @Nullable Integer orAbsent(int count) {
        return count == 0 ? null : count;
    }

    private static boolean hasRevision(Pod pod, ControllerRevision revision) {
        return Objects.equals(
                Selectors.labels(pod).get(RevisionHistory.HASH_LABEL),
                revision.getMetadata().getName());
    }
}
