package io.kubespring.proxy.model;

import java.util.List;

/**
 * One port of one Service, with everything that leads to it and everything behind it.
 *
 * @param name "namespace/name:port", without the colon for an unnamed port; what comments and chain names are made of
 * @param protocol "tcp", "udp" or "sctp"
 * @param clusterIp IPv4
 * @param nodePort 0 for none
 * @param externalIps addresses that lead to this node by the operator's own means
 * @param balancerIps addresses of a load balancer that sends packets on as they are
 * @param sourceRanges clients that may use the load balancer's addresses; empty for all
 * @param healthPort where the service's local health is asked for by HTTP; 0 for none
 * @param affinitySeconds session affinity by client address; 0 for none
 * @param internalLocal internalTrafficPolicy is Local
 * @param externalLocal externalTrafficPolicy is Local
 * @param backends sorted by address
 */
public record ServicePort(
        String name,
        String protocol,
        String clusterIp,
        int port,
        int nodePort,
        List<String> externalIps,
        List<String> balancerIps,
        List<String> sourceRanges,
        int healthPort,
        int affinitySeconds,
        boolean internalLocal,
        boolean externalLocal,
        List<Backend> backends) {

    /** Where traffic for the whole cluster goes: ready backends, else those that still serve while they terminate. */
    public List<Backend> everywhere() {
        return usable(backends);
    }

    /** The same, on this node only. */
    public List<Backend> here() {
        return usable(backends.stream().filter(Backend::local).toList());
    }

    private static List<Backend> usable(List<Backend> candidates) {
        List<Backend> ready = candidates.stream().filter(Backend::ready).toList();
        return ready.isEmpty()
                ? candidates.stream()
                        .filter(each -> each.serving() && each.terminating())
                        .toList()
                : ready;
    }

    /** Whether it can be reached from outside the cluster's own addresses. */
    public boolean external() {
        return nodePort > 0 || !externalIps.isEmpty() || !balancerIps.isEmpty();
    }

    /** Where new connections that come from outside by way of this node end. */
    public List<Backend> forOutside() {
        return externalLocal ? here() : everywhere();
    }
}
