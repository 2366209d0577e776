package io.kubespring.apiserver.strategies.service;

import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.allocation.Holder;
import io.kubespring.apiserver.allocation.ServiceAllocations;
import io.kubespring.apiserver.allocation.ServiceHoldings;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.service.IpFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives one Service what it needs and does not hold yet, during one attempt to write it: claims that are taken right before
 * the Service is stored. What it held before stays its own.
 */
final class ServiceAllocation {

    private final ServiceAllocations allocations;
    private final Context context;
    private final Holder holder;
    private final Set<String> heldAddresses;
    private final Set<Integer> heldPorts;

    ServiceAllocation(
            ServiceAllocations allocations, Context context, ObjectNode service, @Nullable ObjectNode current) {
        this.allocations = allocations;
        this.context = context;
        holder = Holder.ofService(service);
        heldAddresses = current == null ? Set.of() : Set.copyOf(ServiceHoldings.addresses(current));
        heldPorts = current == null ? Set.of() : Set.copyOf(ServiceHoldings.ports(current));
    }

    /** @throws StatusException for what cannot be had */
    void fillAddresses(ObjectNode spec) {
        if (!ServiceSpecs.needsClusterIp(spec)) {
            return;
        }
        if (ServiceSpecs.isHeadless(spec)) {
            spec.put("clusterIP", ServiceSpecs.NONE);
            spec.putArray("clusterIPs").add(ServiceSpecs.NONE);
            return;
        }
        var wanted = new ArrayList<String>();
        spec.path("clusterIPs").forEach(each -> wanted.add(each.asString("")));
        // What is named is taken before anything is chosen, so that a choice never takes it away.
        wanted.forEach(each -> named(each, spec.path("clusterIPs")));
        var filled = new ArrayList<String>();
        JsonNode families = spec.path("ipFamilies");
        for (int i = 0; i < families.size(); i++) {
            IpFamily family = families.path(i).asString("").equals("IPv6") ? IpFamily.IPV6 : IpFamily.IPV4;
            String named = i < wanted.size() ? wanted.get(i) : "";
            String address = named.isEmpty() ? allocations.addresses().choose(family, holder, context) : named;
            if (address == null) {
                return;
            }
            filled.add(address);
        }
        ArrayNode written = spec.putArray("clusterIPs");
        filled.forEach(written::add);
        spec.put("clusterIP", filled.getFirst());
    }

    private void named(String address, JsonNode shown) {
        if (!address.isEmpty() && !heldAddresses.contains(address)) {
            allocations
                    .addresses()
                    .claim(
                            address,
                            holder,
                            context,
                            why -> invalid(FieldError.invalid(
                                    "spec.clusterIPs",
                                    shown.deepCopy(),
                                    "failed to allocate IP " + address + ": " + why)));
        }
    }

    /** @throws StatusException for what cannot be had */
    void fillPorts(ObjectNode spec) {
        nodePorts(spec);
        if (ServiceSpecs.needsHealthCheckNodePort(spec)) {
            healthCheckPort(spec);
        }
    }

    private void nodePorts(ObjectNode spec) {
        List<ObjectNode> ports = ServiceSpecs.ports(spec);
        var mine = new HashSet<Integer>();
        for (int i = 0; i < ports.size(); i++) {
            int nodePort = ServiceSpecs.nodePort(ports.get(i));
            String field = "spec.ports[" + i + "].nodePort";
            // TCP and UDP may share a number within one Service.
            if (nodePort != 0 && mine.add(nodePort) && !heldPorts.contains(nodePort)) {
                allocations
                        .ports()
                        .claim(nodePort, holder, context, why -> invalid(FieldError.invalid(field, nodePort, why)));
            }
        }
        if (!ServiceSpecs.needsNodePort(spec)) {
            return;
        }
        Map<Integer, ObjectNode> byPort = new HashMap<>();
        ports.stream().filter(each -> ServiceSpecs.nodePort(each) != 0).forEach(each -> byPort.put(number(each), each));
        for (ObjectNode port : ports) {
            if (ServiceSpecs.nodePort(port) != 0) {
                continue;
            }
            ObjectNode twin = byPort.putIfAbsent(number(port), port);
            boolean shares = twin != null && !twin.path("protocol").equals(port.path("protocol"));
            port.put(
                    "nodePort",
                    shares ? ServiceSpecs.nodePort(twin) : allocations.ports().choose("nodePort", holder, context));
        }
    }

    private static int number(ObjectNode port) {
        return port.path("port").asInt(0);
    }

    private void healthCheckPort(ObjectNode spec) {
        int port = spec.path("healthCheckNodePort").asInt(0);
        if (port == 0) {
            spec.put("healthCheckNodePort", allocations.ports().choose("HealthCheck NodePort 0", holder, context));
        } else if (!heldPorts.contains(port)) {
            allocations
                    .ports()
                    .claim(
                            port,
                            holder,
                            context,
                            why -> StatusException.internal("Internal error occurred: failed to allocate requested"
                                    + " HealthCheck NodePort " + port + ": " + why));
        }
    }

    private StatusException invalid(FieldError error) {
        return StatusException.invalid(context.type().kind(), holder.name(), List.of(error));
    }
}
