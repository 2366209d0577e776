package io.kubespring.apiserver.allocation;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.kinds.service.AddressRange;
import io.kubespring.kinds.service.IpFamily;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The blocks that addresses of Services come from: those of every ServiceCIDR that is ready and not being deleted (KEP
 * 1880), and the flag's until there is a ServiceCIDR at all. Read anew only when a ServiceCIDR changed.
 */
public final class ServiceRanges {

    private static final GroupResource SERVICE_CIDRS = new GroupResource("networking.k8s.io", "servicecidrs");

    private final List<AddressRange> configured;
    private final ObjectSource objects;
    private volatile Known known = new Known(new Object(), List.of());

    private record Known(Object token, List<AddressRange> usable) {}

    /** @param configured {@code --service-cluster-ip-range}: one block, or one of each family, the default family first */
    public ServiceRanges(List<String> configured, ObjectSource objects) {
        this.configured = configured.stream().map(AddressRange::parse).toList();
        if (this.configured.isEmpty()) {
            throw new IllegalArgumentException("a cluster needs at least one CIDR for its Services");
        }
        this.objects = objects;
    }

    /** The families that this cluster has addresses of, its default first. */
    public List<IpFamily> families() {
        return configured.stream().map(AddressRange::family).distinct().toList();
    }

    /** All blocks that addresses may be taken from. */
    public List<AddressRange> usable() {
        Object token = objects.changeToken(SERVICE_CIDRS);
        Known last = known;
        if (!last.token().equals(token)) {
            last = new Known(token, read());
            known = last;
        }
        return last.usable();
    }

    List<AddressRange> usable(IpFamily family) {
        return usable().stream().filter(each -> each.family() == family).toList();
    }

    /** A block that the address lies in, or null. */
    @Nullable
    AddressRange of(String address) {
        return usable().stream()
                .filter(each -> each.contains(address))
                .findFirst()
                .orElse(null);
    }

    /** Blocks that lie in no other, so that no address is counted twice. */
    List<AddressRange> disjoint() {
        List<AddressRange> all = usable();
        return all.stream()
                .filter(each -> all.stream().noneMatch(other -> !other.equals(each) && other.contains(each)))
                .distinct()
                .toList();
    }

    private List<AddressRange> read() {
        var items = objects.list(SERVICE_CIDRS, null);
        if (items.isEmpty()) {
            return configured;
        }
        var ranges = new ArrayList<AddressRange>();
        for (ObjectSource.Item item : items) {
            JsonNode object = item.tree();
            if (!object.path("metadata").hasNonNull("deletionTimestamp") && isReady(object)) {
                object.path("spec").path("cidrs").forEach(cidr -> add(ranges, cidr.asString("")));
            }
        }
        return List.copyOf(ranges);
    }

    private static void add(List<AddressRange> ranges, String cidr) {
        AddressRange range = AddressRange.parse(cidr);
        if (!ranges.contains(range)) {
            ranges.add(range);
        }
    }

    /** Without a condition it counts as ready: no controller may be running yet. */
    private static boolean isReady(JsonNode object) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Ready")) {
                return condition.path("status").asString("").equals("True");
            }
        }
        return true;
    }
}
