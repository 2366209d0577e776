package io.kubespring.scheduler.plugins.topology;

import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.SpreadConstraint;
import java.util.HashMap;
import java.util.Map;

/** How many Pods of a constraint's kind each domain has. Domains without any count too. */
final class Domains {

    private final SpreadConstraint constraint;
    private final Map<String, Integer> counts = new HashMap<>();
    private final int self;
    private int fewest = -1;

    /** @param self 1 if the new Pod is of the kind itself, else 0 */
    Domains(SpreadConstraint constraint, int self) {
        this.constraint = constraint;
        this.self = self;
    }

    void add(String domain, int pods) {
        counts.merge(domain, pods, Integer::sum);
    }

    /** Whether the new Pod may go to the domain. To be asked when all nodes are counted. */
    boolean allows(String domain) {
        return counts.isEmpty() || of(domain) + self - fewest() <= constraint.maxSkew();
    }

    private int fewest() {
        if (fewest < 0) {
            int least = Integer.MAX_VALUE;
            for (int each : counts.values()) {
                least = Math.min(least, each);
            }
            fewest = counts.size() < constraint.minDomains() ? 0 : least;
        }
        return fewest;
    }

    int of(String domain) {
        return counts.getOrDefault(domain, 0);
    }

    int size() {
        return counts.size();
    }

    SpreadConstraint constraint() {
        return constraint;
    }

    /** The node's domain, or none. */
    static boolean hasAll(NodeInfo node, Iterable<Domains> all) {
        for (Domains each : all) {
            if (node.label(each.constraint.topologyKey()) == null) {
                return false;
            }
        }
        return true;
    }
}
