package io.kubespring.proxy.iptables;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that do not depend on any service: how packets come to our chains, masquerading, and what happens to packets
 * for addresses of the cluster that nothing answers.
 */
final class BaseRules {

    /** A rule in a chain that is not ours. */
    record Jump(String table, String chain, List<String> rule) {}

    static final String PORTALS = "KUBE-SERVICES";
    static final String NODE_PORTS = "KUBE-NODEPORTS";
    static final String EXTERNAL = "KUBE-EXTERNAL-SERVICES";
    static final String BALANCER_FIREWALL = "KUBE-PROXY-FIREWALL";
    private static final String FORWARD = "KUBE-FORWARD";
    private static final String FIREWALL = "KUBE-FIREWALL";
    private static final String POSTROUTING = "KUBE-POSTROUTING";
    private static final String MARK = "KUBE-MARK-MASQ";
    private static final String UNANSWERED = "KUBE-UNANSWERED";
    private static final String PODS = "KUBE-PODS";
    private static final String MARK_VALUE = "0x4000";

    private static final String FIREWALL_COMMENT = "kubernetes load balancer firewall";

    private BaseRules() {}

    /** Listed so that inserting each as the first leaves them in the right order. */
    static final List<Jump> JUMPS = List.of(
            jump("filter", "INPUT", FIREWALL, ""),
            jump("filter", "INPUT", EXTERNAL, "kubernetes externally-visible service portals"),
            jump("filter", "OUTPUT", UNANSWERED, "kubernetes addresses that nothing answers"),
            jump("filter", "OUTPUT", FIREWALL, ""),
            jump("filter", "OUTPUT", PORTALS, "kubernetes service portals"),
            jump("filter", "FORWARD", PODS, "traffic of pods"),
            jump("filter", "FORWARD", UNANSWERED, "kubernetes addresses that nothing answers"),
            jump("filter", "FORWARD", EXTERNAL, "kubernetes externally-visible service portals"),
            jump("filter", "FORWARD", PORTALS, "kubernetes service portals"),
            jump("filter", "FORWARD", FORWARD, "kubernetes forwarding rules"),
            jump("filter", "INPUT", BALANCER_FIREWALL, FIREWALL_COMMENT),
            jump("filter", "OUTPUT", BALANCER_FIREWALL, FIREWALL_COMMENT),
            jump("filter", "FORWARD", BALANCER_FIREWALL, FIREWALL_COMMENT),
            jump("nat", "PREROUTING", PORTALS, "kubernetes service portals"),
            jump("nat", "OUTPUT", PORTALS, "kubernetes service portals"),
            jump("nat", "POSTROUTING", POSTROUTING, "kubernetes postrouting rules"));

    private static Jump jump(String table, String from, String to, String comment) {
        boolean newOnly =
                to.equals(PORTALS) && table.equals("filter") || to.equals(EXTERNAL) || to.equals(BALANCER_FIREWALL);
        var rule = new java.util.ArrayList<String>();
        if (newOnly) {
            rule.addAll(List.of("-m", "conntrack", "--ctstate", "NEW"));
        }
        if (!comment.isEmpty()) {
            rule.addAll(List.of("-m", "comment", "--comment", comment));
        }
        rule.addAll(List.of("-j", to));
        return new Jump(table, from, List.copyOf(rule));
    }

    static Map<String, List<String>> natChains() {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        chains.put(MARK, List.of("-j MARK --or-mark " + MARK_VALUE));
        chains.put(
                POSTROUTING,
                List.of(
                        "-m mark ! --mark " + MARK_VALUE + "/" + MARK_VALUE + " -j RETURN",
                        "-j MARK --xor-mark " + MARK_VALUE,
                        "-m comment --comment \"kubernetes service traffic requiring SNAT\" -j MASQUERADE"
                                + " --random-fully"));
        return chains;
    }

    static Map<String, List<String>> filterChains(String clusterCidr, String serviceCidr) {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        chains.put(
                FORWARD,
                List.of(
                        "-m conntrack --ctstate INVALID -j DROP",
                        "-m comment --comment \"kubernetes forwarding rules\" -m mark --mark " + MARK_VALUE + "/"
                                + MARK_VALUE + " -j ACCEPT",
                        "-m comment --comment \"kubernetes forwarding conntrack rule\" -m conntrack"
                                + " --ctstate RELATED,ESTABLISHED -j ACCEPT"));
        // Machines with another container engine often forward nothing by default. Behind the rejections.
        chains.put(PODS, List.of("-s " + clusterCidr + " -j ACCEPT", "-d " + clusterCidr + " -j ACCEPT"));
        // route_localnet lets node ports answer on loopback; nobody else may reach loopback by it.
        chains.put(
                FIREWALL,
                List.of("! -s 127.0.0.0/8 -d 127.0.0.0/8 -m comment --comment \"block incoming localnet connections\""
                        + " -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP"));
        // Behind nat: a packet that still wants a service address has found no service.
        chains.put(UNANSWERED, List.of("-d " + serviceCidr + " -j REJECT"));
        return chains;
    }

    /** What comes behind all portals. */
    static final String NODE_PORT_PORTAL =
            "-m comment --comment \"kubernetes service nodeports; NOTE: this must be the last rule in this chain\""
                    + " -m addrtype --dst-type LOCAL -j " + NODE_PORTS;
}
