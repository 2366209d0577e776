package io.kubespring.apiserver.allocation;

import io.kubespring.api.GroupResource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.kinds.service.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings IPAddress objects in line with the Services (KEP 1880): a Service's address without an object gets one, a wrong
 * object is replaced, and an object without its Service goes once it is a minute old, since a Service is written after its
 * addresses. One pass; may block its thread.
 */
final class AddressRepair {

    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final ServiceRanges ranges;
    private final ObjectSource objects;
    private final TimeSource time;
    private final RepairReports reports;
    private final Map<Holder, ObjectNode> services = new LinkedHashMap<>();

    AddressRepair(Addresses addresses, ObjectSource objects, TimeSource time, RepairReports reports) {
        ledger = addresses.ledger();
        ranges = addresses.ranges();
        this.objects = objects;
        this.time = time;
        this.reports = reports;
    }

    /** @throws RuntimeException where the pass should be tried again */
    void run() {
        services.clear();
        objects.list(SERVICES, null).forEach(each -> services.put(Holder.ofService(each.tree()), each.tree()));
        Snapshot view = StoreWait.on(ledger.freshView());
        services.forEach((holder, service) ->
                ServiceHoldings.addresses(service).forEach(each -> checkService(holder, service, each, view)));
        for (Iterator<StoredObject> all = view.objects(""); all.hasNext(); ) {
            checkAddress(all.next());
        }
    }

    private void checkService(Holder holder, ObjectNode service, String address, Snapshot view) {
        String shown = "[" + IpFamily.of(address).text() + "]: " + address;
        if (ranges.of(address) == null) {
            reports.about(
                    service,
                    "outOfRange",
                    "ClusterIPOutOfRange",
                    "Cluster IP " + shown + " is not within any configured Service CIDR; please recreate service");
            return;
        }
        StoredObject found = view.get("", address);
        if (found == null) {
            reports.about(
                    service, "repair", "ClusterIPNotAllocated", "Cluster IP " + shown + " is not allocated; repairing");
            claim(address, holder);
            return;
        }
        Holder other = Holder.of(found.tree());
        if (!holder.equals(other) && !uses(other, address)) {
            reports.about(
                    service,
                    "repair",
                    "ClusterIPNotAllocated",
                    "the ClusterIP " + shown + " for Service " + holder.namespace() + "/" + holder.name()
                            + " has a wrong reference; repairing");
            replace(found, address, holder);
        } else if (!holder.equals(other)) {
            reports.about(
                    service,
                    "duplicate",
                    "ClusterIPAlreadyAllocated",
                    "Cluster IP [" + IpFamily.of(address).text() + "]:" + address
                            + " was assigned to multiple services; please recreate service");
        } else if (!hasLabels(found, address)) {
            replace(found, address, holder);
        }
    }

    private boolean uses(@Nullable Holder holder, String address) {
        ObjectNode service = holder == null ? null : services.get(holder);
        return service != null && ServiceHoldings.addresses(service).contains(address);
    }

    private static boolean hasLabels(StoredObject found, String address) {
        return IpFamily.of(address).text().equals(found.labels().get(ServiceAllocations.FAMILY_LABEL)) && isOurs(found);
    }

    private static boolean isOurs(StoredObject found) {
        return ServiceAllocations.MANAGER.equals(found.labels().get(ServiceAllocations.MANAGED_BY_LABEL));
    }

    private void checkAddress(StoredObject found) {
        if (!isOurs(found)) {
            return;
        }
        ObjectNode record = found.tree();
        Holder holder = Holder.of(record);
        if (holder == null) {
            reports.about(
                    record,
                    "invalid",
                    "IPAddressNotAllocated",
                    "IPAddress " + found.name() + " appears to have been modified, not referencing a Service: cleaning"
                            + " up");
            release(found);
        } else if (!uses(holder, found.name()) && isOld(record)) {
            boolean gone = !services.containsKey(holder);
            reports.about(
                    record,
                    "leak",
                    gone ? "IPAddressNotAllocated" : "IPAddressWrongReference",
                    "IPAddress: " + found.name() + " for Service " + holder.namespace() + "/" + holder.name()
                            + (gone ? " appears to have leaked: cleaning up" : " has a wrong reference; cleaning up"));
            release(found);
        }
    }

    private boolean isOld(ObjectNode record) {
        String created = record.path("metadata").path("creationTimestamp").asString("");
        return created.isEmpty() || Instant.parse(created).plus(GRACE).isBefore(time.now());
    }

    private void replace(StoredObject found, String address, Holder holder) {
        release(found);
        claim(address, holder);
    }

    private void release(StoredObject found) {
        StoreWait.on(ledger.release(found.name(), found.revision()));
    }

    private void claim(String address, Holder holder) {
        StoreWait.claim(ledger, address, holder);
    }
}
