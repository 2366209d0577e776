package io.kubespring.controllers.podgc;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.pods.Pods;
import io.kubespring.controllers.runtime.ControllerContext;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each 20 s: deletes the oldest finished Pods beyond the threshold; Pods of nodes that have been gone for 40 s and that
 * the server confirms gone; Pods being deleted that never had a node.
 */
public final class PodGarbageCollector {

    private static final Logger LOG = LoggerFactory.getLogger(PodGarbageCollector.class);
    private static final Duration PERIOD = Duration.ofSeconds(20);
    private static final Duration QUARANTINE = Duration.ofSeconds(40);

    private final Lister<Pod> pods;
    private final Lister<Node> nodes;
    private final KubeClient client;
    private final TimeSource time;
    private final int threshold;
    private final Map<String, Long> missingSince = new HashMap<>();

    private PodGarbageCollector(Lister<Pod> pods, Lister<Node> nodes, KubeClient client, int threshold) {
        this.pods = pods;
        this.nodes = nodes;
        this.client = client;
        this.time = client.time();
        this.threshold = threshold;
    }

    public static void register(ControllerContext context) {
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<Node> nodes = context.informers().informer(Node.class);
        var collector = new PodGarbageCollector(
                pods.lister(),
                nodes.lister(),
                context.client("pod-garbage-collector"),
                context.config().terminatedPodGcThreshold());
        context.manager().every(PERIOD, "pod garbage collector", collector::collect);
    }

    private void collect() {
        Collection<Pod> all = pods.list();
        collectFinished(all);
        collectOrphans(all);
        for (Pod pod : all) {
            if (Pods.isTerminating(pod) && node(pod) == null) {
                delete(pod, null);
            }
        }
    }

    private void collectFinished(Collection<Pod> all) {
        if (threshold <= 0) {
            return;
        }
        List<Pod> finished = all.stream()
                .filter(Pods::isFinished)
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList();
        finished.subList(0, Math.max(0, finished.size() - threshold)).forEach(pod -> delete(pod, null));
    }

    private void collectOrphans(Collection<Pod> all) {
        var missing = new HashSet<String>();
        for (Pod pod : all) {
            String node = node(pod);
            if (node != null && nodes.get("", node) == null) {
                missing.add(node);
            }
        }
        missingSince.keySet().retainAll(missing);
        var gone = new HashSet<String>();
        for (String node : missing) {
            long since = missingSince.computeIfAbsent(node, any -> time.nanoTime());
            if (time.nanoTime() - since >= QUARANTINE.toNanos()
                    && Await.optional(client.resources(Node.class).find(node)) == null) {
                gone.add(node);
            }
        }
        for (Pod pod : all) {
            String node = node(pod);
            if (node != null && gone.contains(node)) {
                delete(pod, "PodGC: node no longer exists");
            }
        }
    }

    /** @param orphaned why the Pod is failed before it is deleted; null to delete it as it is */
    private void delete(Pod pod, @Nullable String orphaned) {
        String name = pod.getMetadata().getName();
        Resources<Pod> resources =
                client.resources(Pod.class).inNamespace(pod.getMetadata().getNamespace());
        LOG.info("{}/{}: deleted by pod garbage collection", pod.getMetadata().getNamespace(), name);
        try {
            if (orphaned != null && !Pods.isFinished(pod)) {
                Await.done(resources.patchStatus(name, PatchType.STRATEGIC, failed(orphaned)));
            }
            Await.done(resources.delete(
                    name, DeleteOptions.ofUid(pod.getMetadata().getUid()).grace(0)));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                LOG.warn("{}/{}: {}", pod.getMetadata().getNamespace(), name, failure.getMessage());
            }
        }
    }

    private Object failed(String message) {
        var condition = Map.of(
                "type", "DisruptionTarget",
                "status", "True",
                "reason", "DeletionByPodGC",
                "message", message,
                "lastTransitionTime", time.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return Map.of("status", Map.of("phase", Pods.FAILED, "conditions", List.of(condition)));
    }

    private static @Nullable String node(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null || node.isEmpty() ? null : node;
    }
}
