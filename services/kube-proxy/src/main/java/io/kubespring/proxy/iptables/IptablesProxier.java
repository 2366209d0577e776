package io.kubespring.proxy.iptables;

import io.kubespring.node.iptables.Iptables;
import io.kubespring.proxy.model.ServicePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the kernel's rules equal to the services. After the first time only what changed is written. Used by one thread.
 */
public final class IptablesProxier {

    private static final Pattern OWN_CHAIN = Pattern.compile("^:(KUBE-[A-Z0-9-]+) ", Pattern.MULTILINE);
    /** Chains that other agents of a node make. */
    private static final Set<String> NOT_OURS = Set.of("KUBE-KUBELET-CANARY", "KUBE-IPTABLES-HINT");

    private final Iptables iptables;
    private final String clusterCidr;
    private final RuleTable nat = new RuleTable("nat");
    private final RuleTable filter = new RuleTable("filter");
    private final Map<String, Map<String, ServiceRules>> services = new TreeMap<>();
    private boolean resync = true;

    public IptablesProxier(Iptables iptables, String clusterCidr, String serviceCidr) {
        this.iptables = iptables;
        this.clusterCidr = clusterCidr;
        BaseRules.natChains().forEach(nat::put);
        BaseRules.filterChains(clusterCidr, serviceCidr).forEach(filter::put);
        sharedChains();
    }

    /**
     * Brings the kernel up to date.
     *
     * @param changes ports by service; an empty list removes
     * @throws IOException if iptables refuses; the next call writes everything anew
     */
    public void apply(Map<String, List<ServicePort>> changes) throws IOException {
        changes.forEach(this::apply);
        if (!changes.isEmpty()) {
            sharedChains();
        }
        flush();
    }

    private void apply(String service, List<ServicePort> ports) {
        Map<String, ServiceRules> next = new LinkedHashMap<>();
        ports.forEach(each -> next.put(each.name() + "/" + each.protocol(), ServiceRules.of(each, clusterCidr)));
        Map<String, ServiceRules> former = next.isEmpty() ? services.remove(service) : services.put(service, next);
        Set<String> stale = new HashSet<>();
        if (former != null) {
            former.values().forEach(each -> stale.addAll(each.natChains().keySet()));
        }
        next.values()
                .forEach(each -> each.natChains().forEach((chain, rules) -> {
                    nat.put(chain, rules);
                    stale.remove(chain);
                }));
        stale.forEach(nat::remove);
    }

    private void sharedChains() {
        List<String> portals = new ArrayList<>();
        List<String> nodePorts = new ArrayList<>();
        List<String> rejections = new ArrayList<>();
        List<String> externalRejections = new ArrayList<>();
        List<String> firewall = new ArrayList<>();
        for (Map<String, ServiceRules> ports : services.values()) {
            for (ServiceRules each : ports.values()) {
                portals.addAll(each.portals());
                nodePorts.addAll(each.nodePorts());
                rejections.addAll(each.rejections());
                externalRejections.addAll(each.externalRejections());
                firewall.addAll(each.firewall());
            }
        }
        portals.add(BaseRules.NODE_PORT_PORTAL);
        nat.put(BaseRules.PORTALS, portals);
        nat.put(BaseRules.NODE_PORTS, nodePorts);
        filter.put(BaseRules.PORTALS, rejections);
        filter.put(BaseRules.EXTERNAL, externalRejections);
        filter.put(BaseRules.BALANCER_FIREWALL, firewall);
    }

    /** Asks for everything to be written again with the next {@link #apply}, in case somebody changed the rules. */
    public void requestResync() {
        resync = true;
    }

    private void flush() throws IOException {
        if (resync) {
            nat.resync(ownChains("nat"));
            filter.resync(ownChains("filter"));
        }
        if (!nat.isDirty() && !filter.isDirty()) {
            return;
        }
        boolean whole = resync;
        resync = true; // until it is known to have worked
        iptables.restore(filter.render() + nat.render());
        if (whole) {
            for (BaseRules.Jump each : BaseRules.JUMPS) {
                iptables.ensureFirst(each.table(), each.chain(), each.rule());
            }
        }
        nat.applied();
        filter.applied();
        resync = false;
    }

    private Set<String> ownChains(String table) throws IOException {
        Set<String> found = new HashSet<>();
        Matcher lines = OWN_CHAIN.matcher(iptables.save(table));
        while (lines.find()) {
            if (!NOT_OURS.contains(lines.group(1))) {
                found.add(lines.group(1));
            }
        }
        return found;
    }

    /** Takes every rule and chain of this proxy out of the kernel. */
    public static void cleanUp(Iptables iptables) throws IOException {
        for (BaseRules.Jump each : BaseRules.JUMPS) {
            iptables.remove(each.table(), each.chain(), each.rule());
        }
        for (String table : List.of("nat", "filter")) {
            Matcher lines = OWN_CHAIN.matcher(iptables.save(table));
            var flush = new StringBuilder();
            var delete = new StringBuilder();
            while (lines.find()) {
                flush.append(':').append(lines.group(1)).append(" - [0:0]\n");
                delete.append("-X ").append(lines.group(1)).append('\n');
            }
            if (!flush.isEmpty()) {
                iptables.restore("*" + table + "\n" + flush + delete + "COMMIT\n");
            }
        }
    }
}
