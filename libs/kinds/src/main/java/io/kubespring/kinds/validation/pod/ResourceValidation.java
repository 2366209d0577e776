package io.kubespring.kinds.validation.pod;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Quantities;

/** A container's requests and limits: no request above its limit, and none without where sharing is impossible. */
final class ResourceValidation {

    private ResourceValidation() {}

    static void container(Field resources, Errors errors) {
        Field limits = resources.at("limits");
        Field requests = resources.at("requests");
        for (Field limit : limits.entries()) {
            Quantities.containerResourceName(limit, errors);
            Quantities.ofResource(limit, errors);
        }
        for (Field request : requests.entries()) {
            Quantities.containerResourceName(request, errors);
            Quantity wanted = Quantities.ofResource(request, errors);
            againstLimit(wanted, request, limits, requests, errors);
        }
    }

    private static void againstLimit(
            @org.jspecify.annotations.Nullable Quantity wanted,
            Field request,
            Field limits,
            Field requests,
            Errors errors) {
        String resource = request.name();
        boolean shareable = !Quantities.isHugePages(resource) && !Quantities.isExtended(resource);
        Field limit = limits.key(resource);
        Quantity most = Quantities.read(limit);
        if (wanted == null || (limit.present() && most == null)) {
            return;
        }
        if (most == null) {
            if (!shareable) {
                errors.required(limits, "Limit must be set for non overcommitable resources");
            }
        } else if (!shareable && wanted.compareTo(most) != 0) {
            errors.invalid(requests, wanted.toString(), "must be equal to " + resource + " limit of " + most);
        } else if (wanted.compareTo(most) > 0) {
            errors.invalid(
                    requests, wanted.toString(), "must be less than or equal to " + resource + " limit of " + most);
        }
    }
}
