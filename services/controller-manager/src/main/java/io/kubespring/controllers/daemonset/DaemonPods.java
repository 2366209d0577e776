package io.kubespring.controllers.daemonset;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.kubespring.controllers.history.RevisionHistory;
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.kinds.scheduling.NodeSelection;
import io.kubespring.kinds.scheduling.Tolerations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a DaemonSet's Pods belong, and what they look like: bound to their node by affinity to its name, so that the
 * scheduler places them, and tolerant of a node's troubles ("Taints and tolerations" of DaemonSets).
 */
final class DaemonPods {

    private DaemonPods() {}

    /** @param start may a Pod be started there; @param stay may one that is there stay */
    record Fit(boolean start, boolean stay) {}

    static Fit fit(DaemonSet set, Node node) {
        PodSpec spec = tolerant(set.getSpec().getTemplate().getSpec());
        String pinned = spec.getNodeName();
        boolean here = (pinned == null
                        || pinned.isEmpty()
                        || pinned.equals(node.getMetadata().getName()))
                && NodeSelection.matches(spec, node);
        if (!here) {
            return new Fit(false, false);
        }
        List<Taint> taints = node.getSpec() == null || node.getSpec().getTaints() == null
                ? List.of()
                : node.getSpec().getTaints();
        boolean stay = taints.stream()
                .filter(taint -> "NoExecute".equals(taint.getEffect()))
                .allMatch(taint -> Tolerations.tolerates(spec.getTolerations(), taint));
        boolean start = stay
                && taints.stream()
                        .filter(taint -> "NoSchedule".equals(taint.getEffect()))
                        .allMatch(taint -> Tolerations.tolerates(spec.getTolerations(), taint));
        return new Fit(start, stay);
    }

    static Pod make(DaemonSet set, String node, String revisionHash) {
        Pod pod = PodControl.fromTemplate(set, set.getSpec().getTemplate());
        Map<String, String> labels = new LinkedHashMap<>();
        if (pod.getMetadata().getLabels() != null) {
            labels.putAll(pod.getMetadata().getLabels());
        }
        labels.put(RevisionHistory.HASH_LABEL, revisionHash);
        pod.getMetadata().setLabels(labels);
        pod.setSpec(onNode(tolerant(pod.getSpec()), node));
        return pod;
    }

    private static PodSpec onNode(PodSpec spec, String node) {
        NodeSelectorTerm byName = new NodeSelectorTermBuilder()
                .withMatchFields(new NodeSelectorRequirementBuilder()
                        .withKey("metadata.name")
                        .withOperator("In")
                        .withValues(node)
                        .build())
                .build();
        return new PodSpecBuilder(spec)
                .editOrNewAffinity()
                .editOrNewNodeAffinity()
                .withRequiredDuringSchedulingIgnoredDuringExecution(new NodeSelector(List.of(byName)))
                .endNodeAffinity()
                .endAffinity()
                .build();
    }

    private static PodSpec tolerant(PodSpec spec) {
        var tolerations = new ArrayList<>(spec.getTolerations());
        add(tolerations, "node.kubernetes.io/not-ready", "NoExecute");
        add(tolerations, "node.kubernetes.io/unreachable", "NoExecute");
        add(tolerations, "node.kubernetes.io/disk-pressure", "NoSchedule");
        add(tolerations, "node.kubernetes.io/memory-pressure", "NoSchedule");
        add(tolerations, "node.kubernetes.io/pid-pressure", "NoSchedule");
        add(tolerations, "node.kubernetes.io/unschedulable", "NoSchedule");
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            add(tolerations, "node.kubernetes.io/network-unavailable", "NoSchedule");
        }
        return new PodSpecBuilder(spec).withTolerations(tolerations).build();
    }

    private static void add(List<Toleration> tolerations, String key, String effect) {
        boolean there =
                tolerations.stream().anyMatch(each -> key.equals(each.getKey()) && effect.equals(each.getEffect()));
        if (!there) {
            tolerations.add(new TolerationBuilder()
                    .withKey(key)
                    .withOperator("Exists")
                    .withEffect(effect)
                    .build());
        }
    }

    /** The node that a Pod is on, or is meant for; null where that cannot be told. */
    static @Nullable String nodeOf(Pod pod) {
        String bound = pod.getSpec().getNodeName();
        if (bound != null && !bound.isEmpty()) {
            return bound;
        }
        if (pod.getSpec().getAffinity() == null
                || pod.getSpec().getAffinity().getNodeAffinity() == null
                || pod.getSpec().getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution()
                        == null) {
            return null;
        }
        for (NodeSelectorTerm term : pod.getSpec()
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()) {
            for (NodeSelectorRequirement field : term.getMatchFields()) {
                if (field.getKey().equals("metadata.name") && !field.getValues().isEmpty()) {
                    return field.getValues().getFirst();
                }
            }
        }
        return null;
    }
}
