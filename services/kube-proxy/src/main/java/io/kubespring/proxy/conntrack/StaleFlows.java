package io.kubespring.proxy.conntrack;

import io.kubespring.proxy.model.Backend;
import io.kubespring.proxy.model.ServicePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP has no end of a connection: a client that keeps its port would go on to a backend that is gone, or to nowhere though
 * there are backends now. So flows to removed backends, and to services that got their first backend, are deleted.
 */
public final class StaleFlows {

    private static final Logger LOG = LoggerFactory.getLogger(StaleFlows.class);

    private final Map<String, Map<String, ServicePort>> before = new HashMap<>();

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
            commands(former == null ? Map.of() : former, next).forEach(StaleFlows::run);
        });
    }

    static List<List<String>> commands(Map<String, ServicePort> former, Map<String, ServicePort> next) {
        List<List<String>> commands = new ArrayList<>();
        former.forEach((name, old) -> {
            ServicePort now = next.get(name);
            Set<String> kept = new HashSet<>();
            if (now != null) {
                now.everywhere().forEach(each -> kept.add(each.address()));
            }
            for (Backend each : old.everywhere()) {
                if (!kept.contains(each.address())) {
                    commands.add(List.of(
                            "conntrack", "-D", "--orig-dst", old.clusterIp(), "--dst-nat", each.ip(), "-p", "udp"));
                }
            }
        });
        next.forEach((name, now) -> {
            ServicePort old = former.get(name);
            if (!now.everywhere().isEmpty() && (old == null || old.everywhere().isEmpty())) {
                commands.add(List.of("conntrack", "-D", "--orig-dst", now.clusterIp(), "-p", "udp"));
                if (now.nodePort() > 0) {
                    commands.add(List.of("conntrack", "-D", "-p", "udp", "--dport", String.valueOf(now.nodePort())));
                }
            }
        });
        return commands;
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // Its exit code is 1 where nothing matched, which is no failure.
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException missing) {
            LOG.warn("{}: {}", String.join(" ", command), missing.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
