package io.kubespring.apiserver.strategies.service;

import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.apiserver.registry.GenericStrategy;
import io.kubespring.kinds.validation.Validation;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        families = new ServiceFamilies(allocations.families());
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
        allocations.load(context.objects());
        ObjectNode spec = ServiceSpecs.of(service);
        List<FieldError> errors = families.decide(spec);
        if (errors.isEmpty()) {
            errors = new ServiceAllocation(allocations, context, current).fill(spec);
        }
        if (!errors.isEmpty()) {
            throw StatusException.invalid(
                    context.type().kind(), service.path("metadata").path("name").asString(""), errors);
        }
    }

    @Override
    public void afterWrite(@Nullable ObjectNode previous, ObjectNode written, Context context) {
        if (previous == null) {
            return;
        }
        var addresses = new HashSet<>(ServiceAllocations.addressesOf(previous));
        addresses.removeAll(ServiceAllocations.addressesOf(written));
        addresses.forEach(allocations::releaseAddress);
        var ports = new HashSet<>(ServiceAllocations.portsOf(previous));
        ports.removeAll(ServiceAllocations.portsOf(written));
        ports.forEach(allocations::releasePort);
    }

    @Override
    public void afterDelete(ObjectNode deleted, Context context) {
        ServiceAllocations.addressesOf(deleted).forEach(allocations::releaseAddress);
        ServiceAllocations.portsOf(deleted).forEach(allocations::releasePort);
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
