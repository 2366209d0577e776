package io.kubespring.kubelet.resources;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.kubespring.kubelet.pod.Pods;
import java.util.List;
import java.util.Map;

/** Quality-of-service class of a Pod ("Configure Quality of Service for Pods"). */
public enum QosClass {
    GUARANTEED("Guaranteed", ""),
    BURSTABLE("Burstable", "burstable"),
    BEST_EFFORT("BestEffort", "besteffort");

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private final String text;
    private final String cgroup;

    QosClass(String text, String cgroup) {
        this.text = text;
        this.cgroup = cgroup;
    }

    /** As in {@code status.qosClass}. */
    public String text() {
        return text;
    }

    /** The class's group below {@code kubepods}; empty where Pods stand directly in it. */
    public String cgroup() {
        return cgroup;
    }

    public static QosClass of(Pod pod) {
        boolean anything = false;
        boolean everything = true;
        for (Container container : Pods.allContainers(pod).toList()) {
            var requests = counted(Amounts.requests(container));
            var limits = counted(Amounts.limits(container));
            anything |= !requests.isEmpty() || !limits.isEmpty();
            everything &= COUNTED.stream()
                    .allMatch(resource -> limits.containsKey(resource)
                            && limits.get(resource).equals(requests.getOrDefault(resource, limits.get(resource))));
        }
        if (!anything) {
            return BEST_EFFORT;
        }
        return everything ? GUARANTEED : BURSTABLE;
    }

    private static Map<String, Long> counted(Map<String, Quantity> amounts) {
        var counted = new java.util.HashMap<String, Long>();
        for (String resource : COUNTED) {
            Quantity quantity = amounts.get(resource);
            if (quantity != null && Amounts.milli(quantity) > 0) {
                counted.put(resource, Amounts.milli(quantity));
            }
        }
        return counted;
    }
}
