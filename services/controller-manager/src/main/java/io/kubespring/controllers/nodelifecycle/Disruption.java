package io.kubespring.controllers.nodelifecycle;

import io.fabric8.kubernetes.api.model.Node;
import io.kubespring.controllers.ownership.Selectors;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast nodes may be tainted NoExecute, by zone: one node each 10 s; where most of a zone is gone, one each 100 s in
 * large clusters and none in small ones; none at all where every zone is gone, as then the fault is likely our own.
 */
final class Disruption {

    private static final double RATE = 0.1;
    private static final double REDUCED_RATE = 0.01;
    private static final double UNHEALTHY_THRESHOLD = 0.55;
    private static final int LARGE_CLUSTER = 50;
    private static final String ZONE = "topology.kubernetes.io/zone";

    private static final class Zone {
        int ready;
        int notReady;
        double tokens = 1;
        long refilled;
        double rate = RATE;
    }

    private final Map<String, Zone> zones = new HashMap<>();
    private boolean total;

    /** Judges the zones anew. */
    void observe(Collection<Node> nodes, long now) {
        zones.values().forEach(zone -> {
            zone.ready = 0;
            zone.notReady = 0;
        });
        for (Node node : nodes) {
            Zone zone = zone(node, now);
            if (Nodes.ready(node).equals("True")) {
                zone.ready++;
            } else {
                zone.notReady++;
            }
        }
        zones.values().removeIf(zone -> zone.ready + zone.notReady == 0);
        total = !zones.isEmpty() && zones.values().stream().allMatch(zone -> zone.ready == 0);
        zones.values().forEach(zone -> refill(zone, now));
    }

    private static void refill(Zone zone, long now) {
        zone.tokens = Math.min(1, zone.tokens + (now - zone.refilled) / 1e9 * zone.rate);
        zone.refilled = now;
        int size = zone.ready + zone.notReady;
        boolean partial = zone.ready > 0 && zone.notReady > 2 && (double) zone.notReady / size >= UNHEALTHY_THRESHOLD;
        zone.rate = !partial ? RATE : size > LARGE_CLUSTER ? REDUCED_RATE : 0;
    }

    /** Whether every node is gone. */
    boolean isTotal() {
        return total;
    }

    /** Takes one token of the node's zone where there is one. */
    boolean mayTaint(Node node, long now) {
        Zone zone = zone(node, now);
        if (total || zone.rate == 0 || zone.tokens < 1) {
            return false;
        }
        zone.tokens -= 1;
        return true;
    }

    private Zone zone(Node node, long now) {
        String name = Selectors.labels(node).getOrDefault(ZONE, "");
        return zones.computeIfAbsent(name, any -> {
            var zone = new Zone();
            zone.refilled = now;
            return zone;
        });
    }
}
