package io.kubespring.flannel.rules;

import io.kubespring.flannel.subnet.Ipv4Range;
import io.kubespring.node.iptables.Iptables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps flannel's chains in the kernel as upstream has them: FLANNEL-POSTRTG hides Pods behind the node's address where they
 * leave the cluster, and the node behind its overlay address where it enters it; FLANNEL-FWD has Pods' packets forwarded.
 * A chain is written as a whole together with the rule that leads to it, and again when somebody changed either.
 */
public final class TrafficRules {

    private static final String MASQUERADE = "FLANNEL-POSTRTG";
    private static final String FORWARD = "FLANNEL-FWD";
    /** What kube-proxy will masquerade; twice would be wrong. */
    private static final String SERVICE_MARK = "0x4000/0x4000";

    private final Iptables iptables;
    private final List<Chain> chains = new ArrayList<>();

    private static final class Chain {
        private final String table;
        private final String from;
        private final String name;
        private final String comment;
        private List<String> rules = List.of();
        private List<String> seen = List.of();

        Chain(String table, String from, String name, String comment) {
            this.table = table;
            this.from = from;
            this.name = name;
            this.comment = " -m comment --comment \"" + comment + "\"";
        }

        String jump() {
            return "-A " + from + comment + " -j " + name;
        }

        /** This chain's lines, and those of others that lead to it, as the kernel prints them. */
        List<String> linesOf(String saved) {
            return saved.lines()
                    .filter(each -> each.startsWith("-A " + name + " ") || each.endsWith(" -j " + name))
                    .toList();
        }
    }

    public TrafficRules(Iptables iptables, boolean masquerade) {
        this.iptables = iptables;
        if (masquerade) {
            chains.add(new Chain("nat", "POSTROUTING", MASQUERADE, "flanneld masq"));
        }
        chains.add(new Chain("filter", "FORWARD", FORWARD, "flanneld forward"));
    }

    /** Writes what is missing or other than it should be for these ranges. */
    public synchronized void ensure(Ipv4Range network, Ipv4Range own) throws IOException {
        for (Chain chain : chains) {
            List<String> rules = chain.name.equals(FORWARD) ? forwarding(network) : masquerading(network, own);
            List<String> there = chain.linesOf(iptables.save(chain.table));
            if (rules.equals(chain.rules) && there.equals(chain.seen)) {
                continue;
            }
            write(chain, rules, there);
            chain.seen = chain.linesOf(iptables.save(chain.table));
            // Somebody may have flushed them since: what is remembered as right must be complete.
            chain.rules = chain.seen.size() == rules.size() + 1 ? rules : List.of();
        }
    }

    private void write(Chain chain, List<String> rules, List<String> there) throws IOException {
        var input = new StringBuilder("*" + chain.table + "\n:" + chain.name + " - [0:0]\n");
        for (String rule : rules) {
            input.append("-A ")
                    .append(chain.name)
                    .append(chain.comment)
                    .append(' ')
                    .append(rule)
                    .append('\n');
        }
        // Behind the rules of kube-proxy, which insert themselves as the first: what they refuse stays refused.
        if (there.stream().noneMatch(each -> each.startsWith("-A " + chain.from + " "))) {
            input.append(chain.jump()).append('\n');
        }
        iptables.restore(input.append("COMMIT\n").toString());
    }

    private static List<String> masquerading(Ipv4Range network, Ipv4Range own) {
        return List.of(
                "-m mark --mark " + SERVICE_MARK + " -j RETURN",
                "-s " + own + " -d " + network + " -j RETURN",
                "-s " + network + " -d " + own + " -j RETURN",
                // Another node kept the client's address for a Pod here: so do we.
                "! -s " + network + " -d " + own + " -j RETURN",
                "-s " + network + " ! -d 224.0.0.0/4 -j MASQUERADE --random-fully",
                "! -s " + network + " -d " + network + " -j MASQUERADE --random-fully");
    }

    private static List<String> forwarding(Ipv4Range network) {
        return List.of("-s " + network + " -j ACCEPT", "-d " + network + " -j ACCEPT");
    }
}
