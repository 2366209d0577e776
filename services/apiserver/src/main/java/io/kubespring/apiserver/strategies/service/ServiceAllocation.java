package io.kubespring.apiserver.strategies.service;

import io.kubespring.api.error.FieldError;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.service.IpFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives one Service what it needs and does not hold yet, during one attempt to write it. What was reserved is given back
 * if the attempt is not stored; what it held before stays its own.
 */
final class ServiceAllocation {

    private final ServiceAllocations allocations;
    private final Context context;
    private final Set<String> heldAddresses;
    private final Set<Integer> heldPorts;
    private final List<FieldError> errors = new ArrayList<>(0);

    ServiceAllocation(ServiceAllocations allocations, Context context, @Nullable ObjectNode current) {
        this.allocations = allocations;
        this.context = context;
        heldAddresses = current == null ? Set.of() : Set.copyOf(ServiceAllocations.addressesOf(current));
        heldPorts = current == null ? Set.of() : Set.copyOf(ServiceAllocations.portsOf(current));
    }

    /** Fills in addresses and ports; returns what could not be had. */
    List<FieldError> fill(ObjectNode spec) {
        if (ServiceSpecs.needsClusterIp(spec)) {
            if (ServiceSpecs.isHeadless(spec)) {
                spec.put("clusterIP", ServiceSpecs.NONE);
                spec.putArray("clusterIPs").add(ServiceSpecs.NONE);
            } else {
                addresses(spec);
            }
        }
        // What is named is taken before anything is chosen, so that a choice never takes it away.
        if (errors.isEmpty()) {
            nodePorts(spec);
        }
        if (errors.isEmpty() && ServiceSpecs.needsHealthCheckNodePort(spec)) {
            healthCheckPort(spec);
        }
        return errors;
    }

    private void addresses(ObjectNode spec) {
        var wanted = new ArrayList<String>();
        spec.path("clusterIPs").forEach(each -> wanted.add(each.asString("")));
        ArrayNode families = (ArrayNode) spec.path("ipFamilies");
        var filled = new ArrayList<String>();
        for (int i = 0; i < families.size(); i++) {
            IpFamily family = families.path(i).asString("").equals("IPv6") ? IpFamily.IPV6 : IpFamily.IPV4;
            String named = i < wanted.size() ? wanted.get(i) : "";
            String address = named.isEmpty() ? anyAddress(family) : namedAddress(named, spec.path("clusterIPs"));
            if (address == null) {
                return;
            }
            filled.add(address);
        }
        ArrayNode written = spec.putArray("clusterIPs");
        filled.forEach(written::add);
        spec.put("clusterIP", filled.getFirst());
    }

    private @Nullable String anyAddress(IpFamily family) {
        String address = allocations.reserveAnyAddress(family);
        if (address == null) {
            errors.add(new FieldError(
                    FieldError.Type.INTERNAL,
                    "spec.clusterIPs",
                    null,
                    "failed to allocate a serviceIP: range is full"));
            return null;
        }
        context.onAbort(() -> allocations.releaseAddress(address));
        return address;
    }

    private @Nullable String namedAddress(String address, JsonNode shown) {
        if (heldAddresses.contains(address)) {
            return address;
        }
        Optional<String> refusal = allocations.reserveAddress(address);
        if (refusal.isPresent()) {
            errors.add(FieldError.invalid(
                    "spec.clusterIPs", shown.deepCopy(), "failed to allocate IP " + address + ": " + refusal.get()));
            return null;
        }
        context.onAbort(() -> allocations.releaseAddress(address));
        return address;
    }

    private void nodePorts(ObjectNode spec) {
        List<ObjectNode> ports = ServiceSpecs.ports(spec);
        Set<Integer> mine = new java.util.HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            int nodePort = ServiceSpecs.nodePort(ports.get(i));
            // TCP and UDP may share a number within one Service.
            if (nodePort != 0 && mine.add(nodePort)) {
                take(nodePort, "spec.ports[" + i + "].nodePort");
            }
        }
        if (!errors.isEmpty() || !ServiceSpecs.needsNodePort(spec)) {
            return;
        }
        Map<Integer, ObjectNode> byPort = new HashMap<>();
        for (ObjectNode port : ports) {
            int number = port.path("port").asInt(0);
            ObjectNode twin = byPort.putIfAbsent(number, port);
            if (ServiceSpecs.nodePort(port) != 0) {
                continue;
            }
            if (twin != null && !twin.path("protocol").equals(port.path("protocol"))) {
                port.put("nodePort", ServiceSpecs.nodePort(twin));
            } else {
                port.put("nodePort", anyPort("spec.ports"));
            }
        }
    }

    private void healthCheckPort(ObjectNode spec) {
        int port = spec.path("healthCheckNodePort").asInt(0);
        if (port == 0) {
            spec.put("healthCheckNodePort", anyPort("spec.healthCheckNodePort"));
        } else {
            take(port, "spec.healthCheckNodePort");
        }
    }

    private void take(int port, String field) {
        if (heldPorts.contains(port)) {
            return;
        }
        Optional<String> refusal = allocations.reservePort(port);
        if (refusal.isPresent()) {
            errors.add(FieldError.invalid(field, port, refusal.get()));
        } else {
            context.onAbort(() -> allocations.releasePort(port));
        }
    }

    private int anyPort(String field) {
        int port = allocations.reserveAnyPort();
        if (port < 0) {
            errors.add(new FieldError(
                    FieldError.Type.INTERNAL, field, null, "failed to allocate a nodePort: range is full"));
            return 0;
        }
        context.onAbort(() -> allocations.releasePort(port));
        return port;
    }
}
