package io.kubespring.kinds.validation.pod;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.pod.AggregateRequests;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.meta.ResourceNames;
import java.util.List;

/** Resources of a Pod as a whole (KEP-2837): they cover what its containers ask for together. */
final class PodResourceValidation {

    private PodResourceValidation() {}

    static void check(Field spec, Errors errors) {
        Field resources = spec.at("resources");
        if (resources.absent()) {
            return;
        }
        if (resources.at("claims").present()) {
            errors.forbidden(resources.at("claims"), "claims cannot be set for Resources at pod-level");
        }
        ResourceValidation.amounts(resources, PodResourceValidation::name, errors);
        requests(spec, resources, errors);
        limits(spec, resources, errors);
    }

    private static void name(Field entry, Errors errors) {
        boolean named = ResourceNames.check(entry, errors);
        String name = entry.name();
        if (named && !name.equals("cpu") && !name.equals("memory") && !ResourceNames.isHugePages(name)) {
            errors.notSupported(entry, name, List.of("cpu", "memory"));
        }
    }

    private static void requests(Field spec, Field resources, Errors errors) {
        AggregateRequests.of(spec).forEach((resource, together) -> {
            Field request = resources.at("requests").key(resource);
            Quantity given = Quantities.read(request);
            Quantity ofPod = given == null ? Quantity.ZERO : given;
            if (together.compareTo(ofPod) > 0) {
                errors.invalid(
                        request,
                        ofPod.toString(),
                        "must be greater than or equal to aggregate container requests of " + together);
            }
        });
    }

    private static void limits(Field spec, Field resources, Errors errors) {
        for (Field container : spec.at("containers").items()) {
            for (Field limit : container.at("resources", "limits").entries()) {
                Quantity ofContainer = Quantities.read(limit);
                Quantity ofPod = Quantities.read(resources.at("limits").key(limit.name()));
                if (ofContainer != null && ofPod != null && ofContainer.compareTo(ofPod) > 0) {
                    Field at = resources
                            .at("containers")
                            .item(Integer.parseInt(container.name()))
                            .key(limit.name())
                            .at("limits");
                    errors.invalid(at, ofContainer.toString(), "must be less than or equal to pod limits of " + ofPod);
                }
            }
        }
    }
}
