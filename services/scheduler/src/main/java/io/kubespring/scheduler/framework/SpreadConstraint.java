package io.kubespring.scheduler.framework;

import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.kubespring.api.selector.LabelSelector;
import java.util.List;
import java.util.Map;

/**
 * How evenly Pods of a kind are spread over the domains of a topology.
 *
 * @param maxSkew by how much a domain may have more than the emptiest
 * @param minDomains with fewer, the emptiest counts as having none
 * @param hard DoNotSchedule, else ScheduleAnyway
 * @param honorAffinity nodes that the Pod's node affinity or selector excludes do not count
 * @param honorTaints nodes whose taints the Pod does not tolerate do not count
 */
public record SpreadConstraint(
        int maxSkew,
        String topologyKey,
        LabelSelector selector,
        int minDomains,
        boolean hard,
        boolean honorAffinity,
        boolean honorTaints) {

    static List<SpreadConstraint> all(List<TopologySpreadConstraint> constraints, Map<String, String> labels) {
        return constraints.isEmpty()
                ? List.of()
                : constraints.stream().map(each -> of(each, labels)).toList();
    }

    private static SpreadConstraint of(TopologySpreadConstraint from, Map<String, String> labels) {
        return new SpreadConstraint(
                from.getMaxSkew(),
                from.getTopologyKey(),
                ModelSelectors.of(from.getLabelSelector(), labels, from.getMatchLabelKeys(), List.of()),
                from.getMinDomains() == null ? 1 : from.getMinDomains(),
                !"ScheduleAnyway".equals(from.getWhenUnsatisfiable()),
                !"Ignore".equals(from.getNodeAffinityPolicy()),
                "Honor".equals(from.getNodeTaintsPolicy()));
    }

    /** How many Pods of the kind are on the node; those being deleted leave room already. */
    public int count(NodeInfo node, String namespace) {
        int count = 0;
        for (PodInfo each : node.pods()) {
            if (each.namespace().equals(namespace)
                    && each.pod().getMetadata().getDeletionTimestamp() == null
                    && selector.matches(each.labels())) {
                count++;
            }
        }
        return count;
    }
}
