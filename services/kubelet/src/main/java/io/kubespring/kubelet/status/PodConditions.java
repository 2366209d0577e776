package io.kubespring.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.kubespring.kubelet.pod.Pods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions that a kubelet owns; those of others are kept as they are. */
final class PodConditions {

    static final String READY_TO_START = "PodReadyToStartContainers";
    static final String INITIALIZED = "Initialized";
    static final String READY = "Ready";
    static final String CONTAINERS_READY = "ContainersReady";
    static final String SCHEDULED = "PodScheduled";

    private final Pod pod;
    private final String now;
    private final LinkedHashMap<String, PodCondition> before = new LinkedHashMap<>();

    PodConditions(Pod pod, @Nullable PodStatus before, String now) {
        this.pod = pod;
        this.now = now;
        if (before != null && before.getConditions() != null) {
            before.getConditions().forEach(each -> this.before.put(each.getType(), each));
        }
    }

    List<PodCondition> build(
            String phase, boolean sandboxReady, List<ContainerStatus> init, List<ContainerStatus> regular) {
        var result = new ArrayList<PodCondition>();
        PodCondition containersReady = containersReady(phase, init, regular);
        result.add(condition(READY_TO_START, sandboxReady, null, null));
        result.add(initialized(phase, init, regular));
        result.add(ready(phase, containersReady));
        result.add(containersReady);
        result.add(condition(SCHEDULED, true, null, null));
        before.values().stream()
                .filter(other -> result.stream().noneMatch(own -> own.getType().equals(other.getType())))
                .forEach(result::add);
        return result;
    }

    private PodCondition initialized(String phase, List<ContainerStatus> init, List<ContainerStatus> regular) {
        if (phase.equals("Succeeded")) {
            return condition(INITIALIZED, true, "PodCompleted", null);
        }
        boolean pastInit = regular.stream().anyMatch(each -> Boolean.TRUE.equals(each.getStarted()));
        var incomplete = new ArrayList<String>();
        List<Container> containers = Pods.initContainers(pod);
        for (int at = 0; at < init.size(); at++) {
            ContainerStatus status = init.get(at);
            boolean done = Pods.isSidecar(containers.get(at))
                    ? Boolean.TRUE.equals(status.getStarted())
                    : Boolean.TRUE.equals(status.getReady());
            if (!done && !pastInit) {
                incomplete.add(status.getName());
            }
        }
        return incomplete.isEmpty()
                ? condition(INITIALIZED, true, null, null)
                : condition(
                        INITIALIZED,
                        false,
                        "ContainersNotInitialized",
                        "containers with incomplete status: " + bracketed(incomplete));
    }

    private PodCondition containersReady(String phase, List<ContainerStatus> init, List<ContainerStatus> regular) {
        if (phase.equals("Succeeded")) {
            return condition(CONTAINERS_READY, false, "PodCompleted", null);
        }
        if (phase.equals("Failed")) {
            return condition(CONTAINERS_READY, false, "PodFailed", null);
        }
        var unready = new ArrayList<String>();
        List<Container> containers = Pods.initContainers(pod);
        for (int at = 0; at < init.size(); at++) {
            if (Pods.isSidecar(containers.get(at))
                    && !Boolean.TRUE.equals(init.get(at).getReady())) {
                unready.add(init.get(at).getName());
            }
        }
        regular.stream()
                .filter(each -> !Boolean.TRUE.equals(each.getReady()))
                .forEach(each -> unready.add(each.getName()));
        return unready.isEmpty()
                ? condition(CONTAINERS_READY, true, null, null)
                : condition(
                        CONTAINERS_READY,
                        false,
                        "ContainersNotReady",
                        "containers with unready status: " + bracketed(unready));
    }

    private PodCondition ready(String phase, PodCondition containersReady) {
        if (!containersReady.getStatus().equals("True")) {
            return condition(READY, false, containersReady.getReason(), containersReady.getMessage());
        }
        var missing = new ArrayList<String>();
        List<PodReadinessGate> gates = pod.getSpec().getReadinessGates();
        if (gates != null) {
            for (PodReadinessGate gate : gates) {
                PodCondition condition = before.get(gate.getConditionType());
                if (condition == null) {
                    missing.add("corresponding condition of pod readiness gate \"" + gate.getConditionType()
                            + "\" does not exist.");
                } else if (!"True".equals(condition.getStatus())) {
                    missing.add("the status of pod readiness gate \"" + gate.getConditionType()
                            + "\" is not \"True\", but " + condition.getStatus());
                }
            }
        }
        return missing.isEmpty()
                ? condition(READY, true, null, null)
                : condition(READY, false, "ReadinessGatesNotReady", String.join(", ", missing));
    }

    private PodCondition condition(String type, boolean status, @Nullable String reason, @Nullable String message) {
        var condition = new PodCondition();
        condition.setType(type);
        condition.setStatus(status ? "True" : "False");
        condition.setReason(reason);
        condition.setMessage(message);
        condition.setObservedGeneration(pod.getMetadata().getGeneration());
        PodCondition last = before.get(type);
        condition.setLastTransitionTime(now);
        if (last != null && condition.getStatus().equals(last.getStatus()) && last.getLastTransitionTime() != null) {
            condition.setLastTransitionTime(last.getLastTransitionTime());
        }
        return condition;
    }

    private static String bracketed(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }
}
