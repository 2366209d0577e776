package io.kubespring.api.catalog;

import java.util.Comparator;
import java.util.List;

/** The order in which discovery lists groups: upstream's group priorities, then by name. */
public final class GroupOrder {

    private static final List<String> PRIORITY = List.of(
            "",
            "apiregistration.k8s.io",
            "apps",
            "events.k8s.io",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "networking.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "storage.k8s.io",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "scheduling.k8s.io",
            "coordination.k8s.io",
            "node.k8s.io",
            "discovery.k8s.io",
            "resource.k8s.io",
            "flowcontrol.apiserver.k8s.io");

    /** Highest priority first. */
    public static final Comparator<String> COMPARATOR =
            Comparator.comparingInt(GroupOrder::rank).thenComparing(Comparator.naturalOrder());

    private GroupOrder() {}

    private static int rank(String group) {
        int at = PRIORITY.indexOf(group);
        return at < 0 ? PRIORITY.size() : at;
    }
}
