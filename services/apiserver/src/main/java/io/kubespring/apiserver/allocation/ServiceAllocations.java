package io.kubespring.apiserver.allocation;

import io.kubespring.api.GroupResource;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.cache.SelectableFields;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.cache.WatchCaches;
import io.kubespring.kinds.service.AddressRange;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.service.PortRange;
import io.kubespring.storage.Store;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** The addresses and node ports of one cluster's Services, as one API server sees and gives them away. */
public final class ServiceAllocations {

    /** Where node ports are claimed; below upstream's place for the same. */
    static final String PORTS = "/registry/ranges/servicenodeports";

    static final String FAMILY_LABEL = "ipaddress.kubernetes.io/ip-family";
    static final String MANAGED_BY_LABEL = "ipaddress.kubernetes.io/managed-by";
    static final String MANAGER = "ipallocator.k8s.io";
    static final GroupResource IP_ADDRESSES = new GroupResource("networking.k8s.io", "ipaddresses");

    private final TimeSource time;
    private final RandomSource random;
    private final Addresses addresses;
    private final NodePorts ports;

    /**
     * @param serviceCidrs one block, or one of each family; the first is the cluster's default family
     * @param objects where ServiceCIDRs are read
     */
    public ServiceAllocations(
            List<String> serviceCidrs,
            PortRange nodePorts,
            Store store,
            WatchCaches caches,
            ObjectSource objects,
            TimeSource time,
            RandomSource random,
            AllocationMetrics metrics) {
        this.time = time;
        this.random = random;
        ResourceType type = Objects.requireNonNull(Catalog.builtIn().find("networking.k8s.io", "v1", "ipaddresses"));
        String prefix = Objects.requireNonNull(type.storagePrefix());
        var addressLedger =
                new Ledger(store, prefix + "/", () -> caches.cache(prefix, SelectableFields.NONE), this::addressRecord);
        var portLedger =
                new Ledger(store, PORTS + "/", () -> caches.cache(PORTS, SelectableFields.NONE), this::portRecord);
        var ranges = new ServiceRanges(serviceCidrs, objects);
        addresses = new Addresses(addressLedger, ranges, random, metrics);
        ports = new NodePorts(portLedger, nodePorts, random, metrics);
        // The cache is made now, so that it is loaded when the first Service comes.
        caches.cache(PORTS, SelectableFields.NONE);
        metrics.observePorts(() -> portLedger.view().size(), nodePorts.size());
        metrics.observeAddresses(
                range -> count(addressLedger.view(), range),
                serviceCidrs.stream().map(AddressRange::parse).toList());
    }

    public Addresses addresses() {
        return addresses;
    }

    public NodePorts ports() {
        return ports;
    }

    private static long count(Snapshot view, AddressRange range) {
        long count = 0;
        for (Iterator<StoredObject> all = view.objects(""); all.hasNext(); ) {
            count += range.contains(all.next().name()) ? 1 : 0;
        }
        return count;
    }

    ObjectNode addressRecord(String address) {
        ObjectNode record = record("networking.k8s.io/v1", "IPAddress", address);
        record.withObjectProperty("metadata")
                .putObject("labels")
                .put(FAMILY_LABEL, IpFamily.of(address).text())
                .put(MANAGED_BY_LABEL, MANAGER);
        return record;
    }

    ObjectNode portRecord(String port) {
        return record("kubespring.io/v1", "NodePortClaim", port);
    }

    private ObjectNode record(String apiVersion, String kind, String name) {
        ObjectNode record = Json.object().put("kind", kind).put("apiVersion", apiVersion);
        record.putObject("metadata")
                .put("name", name)
                .put("uid", random.uuid().toString())
                .put(
                        "creationTimestamp",
                        time.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return record;
    }
}
