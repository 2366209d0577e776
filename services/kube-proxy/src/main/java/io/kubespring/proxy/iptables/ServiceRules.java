package io.kubespring.proxy.iptables;

import io.kubespring.proxy.model.Backend;
import io.kubespring.proxy.model.ServicePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything one service port contributes.
 *
 * @param natChains chain name to its rules, in table nat
 * @param portals rules for KUBE-SERVICES in nat
 * @param nodePorts rules for KUBE-NODEPORTS in nat
 * @param rejections rules for KUBE-SERVICES in filter
 * @param externalRejections rules for KUBE-EXTERNAL-SERVICES in filter
 * @param firewall rules for KUBE-PROXY-FIREWALL in filter
 */
record ServiceRules(
        Map<String, List<String>> natChains,
        List<String> portals,
        List<String> nodePorts,
        List<String> rejections,
        List<String> externalRejections,
        List<String> firewall) {

    /** @param clusterCidr addresses of Pods: other sources are masqueraded when they use a cluster IP */
    static ServiceRules of(ServicePort port, String clusterCidr) {
        var rules = new ServiceRules(
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        rules.clusterIp(port, clusterCidr);
        if (port.external()) {
            rules.external(port, clusterCidr);
        }
        return rules;
    }

    private void clusterIp(ServicePort port, String clusterCidr) {
        List<Backend> backends = port.internalLocal() ? port.here() : port.everywhere();
        String to = to(port, port.clusterIp());
        if (backends.isEmpty()) {
            boolean onlyHere = port.internalLocal() && !port.everywhere().isEmpty();
            rejections.add(to
                    + comment(port, onlyHere ? "has no local endpoints" : "has no endpoints")
                    + (onlyHere ? "-j DROP" : "-j REJECT"));
            return;
        }
        String chain = port.internalLocal() ? ChainNames.local(port) : ChainNames.cluster(port);
        portals.add(to + comment(port, "cluster IP") + "-j " + chain);
        balance(chain, port, backends, "! -s " + clusterCidr + " " + to + comment(port, "cluster IP"));
    }

    private void external(ServicePort port, String clusterCidr) {
        if (port.everywhere().isEmpty()) {
            refuse(port, "has no endpoints", "-j REJECT");
            return;
        }
        if (port.forOutside().isEmpty()) {
            // Another node may have some: a client that was sent here by mistake shall try again, not give up.
            refuse(port, "has no local endpoints", "-j DROP");
        }
        String chain = ChainNames.external(port);
        String all = ChainNames.cluster(port);
        List<String> rules = natChains.computeIfAbsent(chain, any -> new ArrayList<>());
        if (port.externalLocal()) {
            local(port, clusterCidr, rules);
        } else {
            String what = "masquerade traffic for " + port.name() + " external destinations";
            rules.add("-m comment --comment \"" + what + "\" -j KUBE-MARK-MASQ");
            rules.add("-j " + all);
        }
        balance(all, port, port.everywhere(), "");
        if (port.nodePort() > 0) {
            nodePorts.add(match(port, port.nodePort()) + "-m comment --comment \"" + port.name() + "\" -j " + chain);
        }
        for (String ip : port.externalIps()) {
            portals.add(to(port, ip) + comment(port, "external IP") + "-j " + chain);
        }
        String guarded = port.sourceRanges().isEmpty() ? chain : firewall(port, chain);
        for (String ip : port.balancerIps()) {
            portals.add(to(port, ip) + comment(port, "loadbalancer IP") + "-j " + guarded);
        }
    }

    /** Pods and the node itself are inside: they reach every backend. Who comes from outside stays here, as he is. */
    private void local(ServicePort port, String clusterCidr, List<String> rules) {
        String all = ChainNames.cluster(port);
        String destinations = port.name() + " external destinations\" ";
        rules.add("-s " + clusterCidr + " -m comment --comment \"pod traffic for " + destinations + "-j " + all);
        rules.add("-m comment --comment \"masquerade LOCAL traffic for " + destinations
                + "-m addrtype --src-type LOCAL -j KUBE-MARK-MASQ");
        rules.add("-m comment --comment \"route LOCAL traffic for " + destinations + "-m addrtype --src-type LOCAL -j "
                + all);
        if (!port.here().isEmpty()) {
            rules.add("-j " + ChainNames.local(port));
            balance(ChainNames.local(port), port, port.here(), "");
        }
    }

    /** A chain that lets only some clients on. What it does not take keeps its destination, by which it is dropped later. */
    private String firewall(ServicePort port, String onward) {
        String chain = ChainNames.firewall(port);
        natChains.put(
                chain,
                port.sourceRanges().stream()
                        .map(each -> "-s " + each + " " + comment(port, "loadbalancer IP") + "-j " + onward)
                        .toList());
        for (String ip : port.balancerIps()) {
            firewall.add(to(port, ip) + comment(port, "traffic not accepted by " + chain) + "-j DROP");
        }
        return chain;
    }

    private void refuse(ServicePort port, String why, String how) {
        if (port.nodePort() > 0) {
            externalRejections.add(
                    "-m addrtype --dst-type LOCAL " + match(port, port.nodePort()) + comment(port, why) + how);
        }
        Stream.concat(port.externalIps().stream(), port.balancerIps().stream())
                .forEach(ip -> externalRejections.add(to(port, ip) + comment(port, why) + how));
    }

    private static String to(ServicePort port, String ip) {
        return "-d " + ip + "/32 " + match(port, port.port());
    }

    /** A chain that sends each connection to one of the backends, all equally likely. */
    private void balance(String chain, ServicePort port, List<Backend> backends, String masqueradeMatch) {
        if (natChains.containsKey(chain)) {
            return;
        }
        List<String> rules = new ArrayList<>();
        natChains.put(chain, rules);
        if (!masqueradeMatch.isEmpty()) {
            rules.add(masqueradeMatch + "-j KUBE-MARK-MASQ");
        }
        if (port.affinitySeconds() > 0) {
            for (Backend each : backends) {
                String endpoint = ChainNames.endpoint(port, each.address());
                rules.add("-m comment --comment \"" + port.name() + " -> " + each.address() + "\" -m recent --name "
                        + endpoint + " --rcheck --seconds " + port.affinitySeconds() + " --reap -j " + endpoint);
            }
        }
        for (int i = 0; i < backends.size(); i++) {
            Backend each = backends.get(i);
            String endpoint = ChainNames.endpoint(port, each.address());
            int rest = backends.size() - i;
            String chance = rest == 1
                    ? ""
                    : String.format(Locale.ROOT, "-m statistic --mode random --probability %.10f ", 1.0 / rest);
            rules.add("-m comment --comment \"" + port.name() + " -> " + each.address() + "\" " + chance + "-j "
                    + endpoint);
            endpoint(endpoint, port, each);
        }
    }

    private void endpoint(String chain, ServicePort port, Backend backend) {
        String comment = "-m comment --comment \"" + port.name() + "\" ";
        String remember = port.affinitySeconds() > 0 ? "-m recent --name " + chain + " --set " : "";
        natChains.putIfAbsent(
                chain,
                List.of(
                        // A Pod that reaches itself through the service must not see its own address as the source.
                        "-s " + backend.ip() + "/32 " + comment + "-j KUBE-MARK-MASQ",
                        "-p " + port.protocol() + " " + comment + remember + "-m " + port.protocol()
                                + " -j DNAT --to-destination " + backend.address()));
    }

    private static String match(ServicePort port, int number) {
        return "-p " + port.protocol() + " -m " + port.protocol() + " --dport " + number + " ";
    }

    private static String comment(ServicePort port, String what) {
        return "-m comment --comment \"" + port.name() + " " + what + "\" ";
    }
}
