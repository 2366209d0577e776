package io.kubespring.controllers.daemonset;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;
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
import io.kubespring.controllers.history.RevisionHistory;
import io.kubespring.controllers.ownership.Claims;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.pods.OwnedPods;
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.controllers.pods.Pods;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One round of a DaemonSet: start Pods where they are missing, end those that are too many, finished or in the wrong place,
 * then replace old ones as far as maxUnavailable lets it. maxSurge counts as maxUnavailable.
 */
final class DaemonSetReconciler implements Reconciler<ObjectKey> {

    private static final int BURST = 250;

    private final Lister<DaemonSet> sets;
    private final Lister<Pod> pods;
    private final Lister<Node> nodes;
    private final Resources<DaemonSet> client;
    private final Resources<Pod> podClient;
    private final OwnedPods ownedPods;
    private final EventRecorder events;
    private final RevisionHistory history;
    private final Expectations<ObjectKey> expectations;
    private final TimeSource time;

    DaemonSetReconciler(
            Lister<DaemonSet> sets,
            Lister<Pod> pods,
            Lister<Node> nodes,
            KubeClient client,
            EventRecorder events,
            RevisionHistory history,
            Expectations<ObjectKey> expectations) {
        this.sets = sets;
        this.pods = pods;
        this.nodes = nodes;
        this.client = client.resources(DaemonSet.class);
        this.podClient = client.resources(Pod.class);
        this.ownedPods = new OwnedPods(new PodControl(client, events), expectations);
        this.events = events;
        this.history = history;
        this.expectations = expectations;
        this.time = client.time();
    }

    @Override
    public Result reconcile(ObjectKey key) {
        DaemonSet set = sets.get(key.namespace(), key.name());
        if (set == null) {
            expectations.forget(key);
            return Result.DONE;
        }
        if (Selectors.isEmpty(set.getSpec().getSelector())) {
            events.warning(
                    set, "SelectingAll", "This daemon set is selecting all pods. A non-empty selector is required.");
            return Result.DONE;
        }
        if (set.getMetadata().getDeletionTimestamp() != null) {
            return Result.DONE;
        }
        String hash = RevisionHistory.hashOf(history.current(set, set.getSpec().getTemplate()));
        Map<String, List<Pod>> byNode = byNode(claim(set));
        if (expectations.satisfied(key)) {
            manage(set, byNode, hash);
        }
        if (expectations.satisfied(key) && !"OnDelete".equals(strategy(set))) {
            replaceOld(set, byNode, hash);
        }
        var live = byNode.values().stream()
                .flatMap(List::stream)
                .map(pod -> Selectors.labels(pod).getOrDefault(RevisionHistory.HASH_LABEL, ""))
                .collect(Collectors.toSet());
        live.add(hash);
        Integer limit = set.getSpec().getRevisionHistoryLimit();
        history.trim(set, live, limit == null ? 10 : limit);
        writeStatus(set, byNode, hash);
        return Result.DONE;
    }

    private static String strategy(DaemonSet set) {
        return set.getSpec().getUpdateStrategy() == null
                ? ""
                : String.valueOf(set.getSpec().getUpdateStrategy().getType());
    }

    private List<Pod> claim(DaemonSet set) {
        return new Claims<>(set, set.getSpec().getSelector(), podClient, client)
                .claim(Owners.candidates(pods, set), Pods::isActive);
    }

    private static Map<String, List<Pod>> byNode(List<Pod> claimed) {
        var byNode = new HashMap<String, List<Pod>>();
        for (Pod pod : claimed) {
            String node = DaemonPods.nodeOf(pod);
            if (node != null) {
                byNode.computeIfAbsent(node, any -> new ArrayList<>()).add(pod);
            }
        }
        return byNode;
    }

    private void manage(DaemonSet set, Map<String, List<Pod>> byNode, String hash) {
        var missing = new ArrayDeque<String>();
        var excess = new ArrayList<Pod>();
        for (Node node : nodes.list()) {
            String name = node.getMetadata().getName();
            List<Pod> here = byNode.getOrDefault(name, List.of());
            DaemonPods.Fit fit = DaemonPods.fit(set, node);
            if (here.isEmpty() && fit.start()) {
                missing.add(name);
            } else if (!fit.stay()) {
                excess.addAll(here);
            } else {
                excess.addAll(finished(set, here, name));
                excess.addAll(duplicates(here));
            }
        }
        delete(set, excess.stream().filter(pod -> !Pods.isTerminating(pod)).toList());
        if (!missing.isEmpty()) {
            create(set, missing, hash);
        }
    }

    private List<Pod> finished(DaemonSet set, List<Pod> here, String node) {
        List<Pod> finished = here.stream()
                .filter(pod -> Pods.isFinished(pod) && !Pods.isTerminating(pod))
                .toList();
        for (Pod pod : finished) {
            boolean failed = Pods.phase(pod).equals(Pods.FAILED);
            String text = "Found " + (failed ? "failed" : "succeeded") + " daemon pod "
                    + pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName() + " on node " + node
                    + ", will try to " + (failed ? "kill" : "delete") + " it";
            if (failed) {
                events.warning(set, "FailedDaemonPod", text);
            } else {
                events.normal(set, "SucceededDaemonPod", text);
            }
        }
        return finished;
    }

    private static List<Pod> duplicates(List<Pod> here) {
        List<Pod> running = here.stream()
                .filter(Pods::isActive)
                .sorted(Comparator.comparing(Pods::isReady)
                        .reversed()
                        .thenComparing(pod -> String.valueOf(pod.getMetadata().getCreationTimestamp())))
                .toList();
        return running.size() < 2 ? List.of() : running.subList(1, running.size());
    }

    private void create(DaemonSet set, ArrayDeque<String> missing, String hash) {
        raise(ownedPods
                .create(
                        set,
                        Math.min(missing.size(), BURST),
                        () -> DaemonPods.make(set, String.valueOf(missing.poll()), hash))
                .failure());
    }

    private void delete(DaemonSet set, List<Pod> victims) {
        raise(ownedPods.delete(set, victims));
    }

    private static void raise(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    private void replaceOld(DaemonSet set, Map<String, List<Pod>> byNode, String hash) {
        int desired = 0;
        int unavailable = 0;
        var old = new ArrayList<Pod>();
        var oldUnavailable = new ArrayList<Pod>();
        for (Node node : nodes.list()) {
            if (!DaemonPods.fit(set, node).start()) {
                continue;
            }
            desired++;
            Pod pod = byNode.getOrDefault(node.getMetadata().getName(), List.of()).stream()
                    .filter(Pods::isActive)
                    .findFirst()
                    .orElse(null);
            boolean available = pod != null && isAvailable(set, pod);
            unavailable += available ? 0 : 1;
            if (pod != null && !hasHash(pod, hash)) {
                (available ? old : oldUnavailable).add(pod);
            }
        }
        var victims = new ArrayList<>(oldUnavailable);
        int room = UpdateBudget.of(set, desired) - unavailable;
        victims.addAll(old.subList(0, Math.max(0, Math.min(room, old.size()))));
        delete(set, victims);
    }

    private boolean isAvailable(DaemonSet set, Pod pod) {
        Integer seconds = set.getSpec().getMinReadySeconds();
        return Pods.isAvailable(pod, seconds == null ? 0 : seconds, time.now());
    }

    private static boolean hasHash(Pod pod, String hash) {
        return hash.equals(Selectors.labels(pod).get(RevisionHistory.HASH_LABEL));
    }

    private void writeStatus(DaemonSet set, Map<String, List<Pod>> byNode, String hash) {
        int desired = 0;
        int current = 0;
        int misscheduled = 0;
        int ready = 0;
        int updated = 0;
        int available = 0;
        for (Node node : nodes.list()) {
            List<Pod> here = byNode.getOrDefault(node.getMetadata().getName(), List.of()).stream()
                    .filter(pod -> !Pods.isFinished(pod))
                    .toList();
            if (!DaemonPods.fit(set, node).start()) {
                misscheduled += here.isEmpty() ? 0 : 1;
                continue;
            }
            desired++;
            if (!here.isEmpty()) {
                current++;
                ready += here.stream().anyMatch(Pods::isReady) ? 1 : 0;
                available += here.stream().anyMatch(pod -> isAvailable(set, pod)) ? 1 : 0;
                updated += here.stream().anyMatch(pod -> hasHash(pod, hash)) ? 1 : 0;
            }
        }
        DaemonSetStatus status =
                set.getStatus() == null ? new DaemonSetStatus() : new DaemonSetStatusBuilder(set.getStatus()).build();
        status.setDesiredNumberScheduled(desired);
        status.setCurrentNumberScheduled(current);
        status.setNumberMisscheduled(misscheduled);
        status.setNumberReady(ready);
        status.setUpdatedNumberScheduled(updated == 0 ? null : updated);
        status.setNumberAvailable(available == 0 ? null : available);
        status.setNumberUnavailable(desired == available ? null : desired - available);
        status.setObservedGeneration(set.getMetadata().getGeneration());
        if (!status.equals(set.getStatus())) {
            Await.done(client.updateStatus(
                    new DaemonSetBuilder(set).withStatus(status).build()));
        }
    }
}
