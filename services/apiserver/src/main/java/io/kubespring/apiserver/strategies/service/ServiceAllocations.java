package io.kubespring.apiserver.strategies.service;

import io.kubespring.api.GroupResource;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.service.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which addresses and node ports are taken. The stored Services are the truth: what is in use is read from them once,
 * before the first allocation, so that a restart repairs whatever was lost between a reservation and its Service. One
 * instance serves one API server.
 */
public final class ServiceAllocations {

    private static final GroupResource SERVICES = new GroupResource("", "services");

    private final List<AddressRange> ranges = new ArrayList<>();
    private final List<NumberAllocator> addresses = new ArrayList<>();
    private final PortRange portRange;
    private final NumberAllocator ports;
    private volatile boolean loaded;

    /** @param serviceCidrs one, or one of each family; the first is the cluster's default family */
    public ServiceAllocations(List<String> serviceCidrs, PortRange nodePorts, RandomSource random) {
        for (String cidr : serviceCidrs) {
            AddressRange range = AddressRange.parse(cidr);
            ranges.add(range);
            addresses.add(new NumberAllocator(range.firstUsable(), range.dynamicStart(), range.lastUsable(), random));
        }
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("a cluster needs at least one CIDR for its Services");
        }
        portRange = nodePorts;
        ports = new NumberAllocator(
                nodePorts.first(), nodePorts.first() + nodePorts.staticBand(), nodePorts.last(), random);
    }

    /** The families that this cluster has addresses of, its default first. */
    List<IpFamily> families() {
        return ranges.stream().map(AddressRange::family).toList();
    }

    /** Takes over what the stored Services use; only the first call does anything. */
    void load(ObjectSource objects) {
        if (loaded) {
            return;
        }
        synchronized (this) {
            if (!loaded) {
                objects.list(SERVICES, null).forEach(each -> take(each.tree()));
                loaded = true;
            }
        }
    }

    /** What is wrong with taking this address; empty once it is taken. */
    Optional<String> reserveAddress(String address) {
        for (int i = 0; i < ranges.size(); i++) {
            long offset = ranges.get(i).offsetOf(address);
            if (offset >= 0) {
                return addresses.get(i).reserve(offset)
                        ? Optional.empty()
                        : Optional.of("provided IP is already allocated");
            }
        }
        return Optional.of("the provided IP (" + address + ") is not in the valid range. The range of valid IPs is "
                + rangeOf(IpFamily.of(address)));
    }

    /** A free address of that family, or null if none is left. */
    @Nullable
    String reserveAnyAddress(IpFamily family) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).family() == family) {
                long offset = addresses.get(i).reserveAny();
                return offset < 0 ? null : ranges.get(i).addressAt(offset);
            }
        }
        return null;
    }

    void releaseAddress(String address) {
        for (int i = 0; i < ranges.size(); i++) {
            long offset = ranges.get(i).offsetOf(address);
            if (offset >= 0) {
                addresses.get(i).release(offset);
            }
        }
    }

    /** What is wrong with taking this port; empty once it is taken. */
    Optional<String> reservePort(int port) {
        if (!portRange.contains(port)) {
            return Optional.of("provided port is not in the valid range. The range of valid ports is " + portRange);
        }
        return ports.reserve(port) ? Optional.empty() : Optional.of("provided port is already allocated");
    }

    /** A free port, or −1 if none is left. */
    int reserveAnyPort() {
        return (int) ports.reserveAny();
    }

    void releasePort(int port) {
        ports.release(port);
    }

    private void take(ObjectNode service) {
        for (String address : addressesOf(service)) {
            reserveAddress(address);
        }
        for (int port : portsOf(service)) {
            reservePort(port);
        }
    }

    /** The addresses that a Service holds; none for a headless one. */
    static List<String> addressesOf(ObjectNode service) {
        var found = new ArrayList<String>();
        for (JsonNode each : service.path("spec").path("clusterIPs")) {
            if (IpFamily.isAddress(each.asString(""))) {
                found.add(each.asString(""));
            }
        }
        String single = service.path("spec").path("clusterIP").asString("");
        if (found.isEmpty() && IpFamily.isAddress(single)) {
            found.add(single);
        }
        return found;
    }

    /** The node ports that a Service holds, each once. */
    static List<Integer> portsOf(ObjectNode service) {
        var found = new ArrayList<Integer>();
        for (JsonNode each : service.path("spec").path("ports")) {
            int port = each.path("nodePort").asInt(0);
            if (port != 0 && !found.contains(port)) {
                found.add(port);
            }
        }
        int health = service.path("spec").path("healthCheckNodePort").asInt(0);
        if (health != 0 && !found.contains(health)) {
            found.add(health);
        }
        return found;
    }

    private String rangeOf(IpFamily family) {
        return ranges.stream()
                .filter(each -> each.family() == family)
                .findFirst()
                .orElse(ranges.getFirst())
                .toString();
    }
}
