package io.kubespring.apiserver.allocation;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.kinds.service.PortRange;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings claims of node ports in line with the Services: a port in use without a claim gets one, a claim that no Service
 * uses is given back when the third pass in a row sees it, since a Service is written after its claims. One pass; may block
 * its thread.
 */
final class NodePortRepair {

    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final int PASSES_BEFORE_CLEANUP = 3;

    private final Ledger ledger;
    private final PortRange range;
    private final ObjectSource objects;
    private final RepairReports reports;
    private Map<Leak, Integer> leaks = new HashMap<>();

    /** @param revision of the claim: a claim made anew is another leak */
    private record Leak(String port, long revision) {}

    NodePortRepair(NodePorts ports, ObjectSource objects, RepairReports reports) {
        ledger = ports.ledger();
        range = ports.range();
        this.objects = objects;
        this.reports = reports;
    }

    /** @throws RuntimeException where the pass should be tried again */
    void run() {
        Map<Integer, Holder> users = new LinkedHashMap<>();
        Map<Holder, ObjectNode> services = new LinkedHashMap<>();
        objects.list(SERVICES, null).forEach(each -> services.put(Holder.ofService(each.tree()), each.tree()));
        Snapshot view = StoreWait.on(ledger.freshView());
        services.forEach((holder, service) -> {
            for (int port : ServiceHoldings.ports(service)) {
                checkService(holder, service, port, users, view);
            }
        });
        findLeaks(view, users);
    }

    private void checkService(Holder holder, ObjectNode service, int port, Map<Integer, Holder> users, Snapshot view) {
        Holder other = users.putIfAbsent(port, holder);
        if (other != null) {
            reports.about(
                    service,
                    "duplicate",
                    "PortAlreadyAllocated",
                    "Port " + port + " was assigned to multiple services; please recreate service");
        } else if (!range.contains(port)) {
            reports.about(
                    service,
                    "outOfRange",
                    "PortOutOfRange",
                    "Port " + port + " is not within the port range " + range + "; please recreate service");
        } else if (view.get("", Integer.toString(port)) == null) {
            reports.about(service, "repair", "PortNotAllocated", "Port " + port + " is not allocated; repairing");
            StoreWait.claim(ledger, Integer.toString(port), holder);
        }
    }

    private void findLeaks(Snapshot view, Map<Integer, Holder> users) {
        Map<Leak, Integer> seen = new HashMap<>();
        for (Iterator<StoredObject> all = view.objects(""); all.hasNext(); ) {
            StoredObject claim = all.next();
            Holder user = users.get(Integer.parseInt(claim.name()));
            if (user != null) {
                hand(claim, user);
                continue;
            }
            var leak = new Leak(claim.name(), claim.revision());
            int passes = leaks.getOrDefault(leak, 0) + 1;
            if (passes < PASSES_BEFORE_CLEANUP) {
                seen.put(leak, passes);
            } else {
                reports.counted("leak", "the node port " + claim.name() + " appears to have leaked: cleaning up");
                StoreWait.on(ledger.release(claim.name(), claim.revision()));
            }
        }
        leaks = seen;
    }

    /** A claim in somebody else's name would never be released. */
    private void hand(StoredObject claim, Holder user) {
        if (!user.equals(Holder.of(claim.tree()))) {
            StoreWait.on(ledger.release(claim.name(), claim.revision()));
            StoreWait.claim(ledger, claim.name(), user);
        }
    }
}
