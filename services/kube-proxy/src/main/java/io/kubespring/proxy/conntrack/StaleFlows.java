package io.kubespring.proxy.conntrack;

import io.kubespring.node.process.CommandException;
import io.kubespring.node.process.HostCommands;
import io.kubespring.proxy.model.ServicePort;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP has no end of a connection: a client that keeps its port would go on to a backend that is gone, or to nowhere though
 * there are backends now. So when a UDP service changed, the kernel's flows to its addresses (cluster, external, load balancer's,
 * node port) are read, and those that lead wrong are deleted. Flows that are right stay, also when this process begins anew.
 */
public final class StaleFlows {

    private static final Logger LOG = LoggerFactory.getLogger(StaleFlows.class);

    private final HostCommands host;
    private final Map<String, Entrances> before = new HashMap<>();

    public StaleFlows(HostCommands host) {
        this.host = host;
    }

    /** @param changes ports by service, as the rules were just changed to */
    public void clean(Map<String, List<ServicePort>> changes) {
        var changed = new Entrances();
        changes.values().forEach(changed::add);
        changes.forEach((service, ports) -> {
            Entrances former = remember(service, ports);
            changed.addFormer(former);
        });
        if (changed.isEmpty()) {
            return;
        }
        try {
            String table = host.run("conntrack", "-L", "-f", "ipv4", "-p", "udp");
            List<Flow> flows =
                    table.lines().map(Flow::parse).filter(Objects::nonNull).toList();
            for (Flow each : changed.stale(flows)) {
                delete(each);
            }
        } catch (IOException failure) {
            LOG.warn("flows of UDP services not looked at: {}", failure.getMessage());
        }
    }

    private Entrances remember(String service, List<ServicePort> ports) {
        var now = new Entrances();
        now.add(ports);
        Entrances former = now.isEmpty() ? before.remove(service) : before.put(service, now);
        return former == null ? new Entrances() : former;
    }

    private void delete(Flow flow) throws IOException {
        try {
            host.run(
                    "conntrack",
                    "-D",
                    "-f",
                    "ipv4",
                    "-p",
                    "udp",
                    "--orig-dst",
                    flow.to(),
                    "--orig-port-dst",
                    String.valueOf(flow.toPort()),
                    "--reply-src",
                    flow.from(),
                    "--reply-port-src",
                    String.valueOf(flow.fromPort()));
        } catch (CommandException ended) {
            LOG.debug("{}", ended.getMessage());
        }
    }
}
