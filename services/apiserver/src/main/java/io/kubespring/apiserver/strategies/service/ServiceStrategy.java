package io.kubespring.apiserver.strategies.service;

import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.allocation.Holder;
import io.kubespring.apiserver.allocation.ServiceAllocations;
import io.kubespring.apiserver.allocation.ServiceHoldings;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.apiserver.registry.GenericStrategy;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.Validation;
import io.kubespring.kinds.warnings.ServiceWarnings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Services ("Service" and "Service ClusterIP allocation"): addresses and node ports are allocated when the Service is
 * written, kept through updates, and given back with the Service. A Service that is not valid is allocated nothing.
 */
public final class ServiceStrategy extends GenericStrategy {

    private final ServiceAllocations allocations;
    private final ServiceFamilies families;

    public ServiceStrategy(ServiceAllocations allocations) {
        this.allocations = allocations;
        families = new ServiceFamilies(allocations.addresses().ranges().families());
    }

    @Override
    public void prepareForCreate(ObjectNode service, Context context) {
        super.prepareForCreate(service, context);
        service.putObject("status").putObject("loadBalancer");
        ObjectNode spec = ServiceSpecs.of(service);
        String single = ServiceSpecs.text(spec, "clusterIP");
        if (!single.isEmpty() && spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(single);
        } else if (single.isEmpty() && !spec.path("clusterIPs").isEmpty()) {
            spec.put("clusterIP", spec.path("clusterIPs").path(0).asString(""));
        }
        if (Validation.create(context.type().kind(), service).isEmpty()) {
            allocate(service, null, context);
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        if (context.subresource().equals("status")) {
            return;
        }
        ObjectNode spec = ServiceSpecs.of(next);
        new ServiceTransition(spec, current.path("spec")).apply();
        if (ServiceSpecs.isLoadBalancer(current.path("spec")) && !ServiceSpecs.isLoadBalancer(spec)) {
            next.putObject("status").putObject("loadBalancer");
        }
        if (Validation.update(context.type().kind(), next, current).isEmpty()) {
            allocate(next, current, context);
        }
    }

    private void allocate(ObjectNode service, @Nullable ObjectNode current, Context context) {
        ObjectNode spec = ServiceSpecs.of(service);
        JsonNode before = current == null ? null : current.path("spec");
        boolean settled = before != null && ServiceFamilies.isSettled(spec, before);
        List<FieldError> errors = families.decide(spec, before);
        if (!errors.isEmpty()) {
            throw StatusException.invalid(
                    context.type().kind(), service.path("metadata").path("name").asString(""), errors);
        }
        var attempt = new ServiceAllocation(allocations, context, service, current);
        if (!settled) {
            attempt.fillAddresses(spec);
        }
        attempt.fillPorts(spec);
    }

    @Override
    public void afterWrite(@Nullable ObjectNode previous, ObjectNode written, Context context) {
        if (previous == null) {
            return;
        }
        List<String> addresses = ServiceHoldings.addresses(previous);
        addresses.removeAll(ServiceHoldings.addresses(written));
        List<Integer> ports = ServiceHoldings.ports(previous);
        ports.removeAll(ServiceHoldings.ports(written));
        release(written, addresses, ports, context);
    }

    @Override
    public void afterDelete(ObjectNode deleted, Context context) {
        release(deleted, ServiceHoldings.addresses(deleted), ServiceHoldings.ports(deleted), context);
    }

    private void release(ObjectNode service, List<String> addresses, List<Integer> ports, Context context) {
        Holder holder = Holder.ofService(service);
        allocations.addresses().release(addresses, holder, context);
        allocations.ports().release(ports, holder, context);
    }

    @Override
    public List<String> warnings(ObjectNode service, @Nullable ObjectNode current, Context context) {
        return context.subresource().isEmpty() ? ServiceWarnings.service(Field.root(service)) : List.of();
    }

    @Override
    public boolean allowCreateOnUpdate() {
        return true;
    }

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }
}
