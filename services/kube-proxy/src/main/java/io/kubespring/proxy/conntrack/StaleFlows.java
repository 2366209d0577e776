package io.kubespring.proxy.conntrack;

import io.kubespring.node.process.CommandException;
import io.kubespring.node.process.HostCommands;
import io.kubespring.proxy.model.Backend;
import io.kubespring.proxy.model.ServicePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP has no end of a connection: a client that keeps its port would go on to a backend that is gone, or to nowhere though
 * there are backends now. So for every address that a service has (cluster, external, load balancer's, node port) the flows to
 * backends that left are deleted, and where there are backends for the first time, all flows to the address.
 */
public final class StaleFlows {

    private static final Logger LOG = LoggerFactory.getLogger(StaleFlows.class);

    private final HostCommands host;
    private final Map<String, Map<String, ServicePort>> before = new HashMap<>();

    public StaleFlows(HostCommands host) {
        this.host = host;
    }

    /** @param changes ports by service, as the rules were just changed to */
    public void clean(Map<String, List<ServicePort>> changes) {
        changes.forEach((service, ports) -> {
            Map<String, ServicePort> next = new HashMap<>();
            for (ServicePort each : ports) {
                if (each.protocol().equals("udp")) {
                    next.put(each.name(), each);
                }
            }
            Map<String, ServicePort> former = next.isEmpty() ? before.remove(service) : before.put(service, next);
            commands(former == null ? Map.of() : former, next).forEach(this::run);
        });
    }

    static List<List<String>> commands(Map<String, ServicePort> former, Map<String, ServicePort> next) {
        Set<String> names = new TreeSet<>(former.keySet());
        names.addAll(next.keySet());
        List<List<String>> commands = new ArrayList<>();
        for (String name : names) {
            Map<List<String>, Entrance> old = entrances(former.get(name));
            Map<List<String>, Entrance> now = entrances(next.get(name));
            old.forEach((match, entrance) -> {
                Entrance still = now.getOrDefault(match, Entrance.CLOSED);
                for (Backend gone : entrance.leadsTo) {
                    if (still.leadsTo.stream().noneMatch(each -> each.address().equals(gone.address()))) {
                        commands.add(delete(
                                match,
                                List.of("--reply-src", gone.ip(), "--reply-port-src", String.valueOf(gone.port()))));
                    }
                }
            });
            now.forEach((match, entrance) -> {
                if (entrance.open && !old.getOrDefault(match, Entrance.CLOSED).open) {
                    commands.add(delete(match, List.of()));
                }
            });
        }
        return commands;
    }

    /**
     * One address of a service.
     *
     * @param leadsTo every backend that a flow may have gone to; from inside that is any, whatever the policy
     * @param open whether somebody answers who comes from outside
     */
    private record Entrance(Set<Backend> leadsTo, boolean open) {
        private static final Entrance CLOSED = new Entrance(Set.of(), false);
    }

    private static Map<List<String>, Entrance> entrances(@Nullable ServicePort port) {
        Map<List<String>, Entrance> result = new LinkedHashMap<>();
        if (port == null) {
            return result;
        }
        List<Backend> inside = port.internalLocal() ? port.here() : port.everywhere();
        result.put(at(port.clusterIp(), port), new Entrance(Set.copyOf(inside), !inside.isEmpty()));
        Set<Backend> all = new HashSet<>(port.everywhere());
        all.addAll(port.here());
        var outside = new Entrance(all, !port.forOutside().isEmpty());
        port.externalIps().forEach(each -> result.put(at(each, port), outside));
        port.balancerIps().forEach(each -> result.put(at(each, port), outside));
        if (port.nodePort() > 0) {
            result.put(List.of("--orig-port-dst", String.valueOf(port.nodePort())), outside);
        }
        return result;
    }

    private static List<String> at(String ip, ServicePort port) {
        return List.of("--orig-dst", ip, "--orig-port-dst", String.valueOf(port.port()));
    }

    private static List<String> delete(List<String> match, List<String> more) {
        List<String> command = new ArrayList<>(List.of("conntrack", "-D", "-p", "udp"));
        command.addAll(match);
        command.addAll(more);
        return List.copyOf(command);
    }

    private void run(List<String> command) {
        try {
            host.run(command, "");
        } catch (CommandException nothingMatched) {
            LOG.debug("{}", nothingMatched.getMessage());
        } catch (IOException missing) {
            LOG.warn("{}: {}", String.join(" ", command), missing.getMessage());
        }
    }
}
