package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.meta.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A container's requests and limits: no request above its limit, and none without where sharing is impossible. */
final class ResourceValidation {

    private static final List<String> RESIZABLE = List.of("cpu", "memory");

    private ResourceValidation() {}

    static void container(Field resources, Set<String> claims, Errors errors) {
        if (resources.empty()) {
            return;
        }
        amounts(resources, ResourceNames::container, errors);
        claims(resources.at("claims"), claims, errors);
    }

    /** What the runtime itself costs is checked as limits are. */
    static void overhead(Field overhead, Errors errors) {
        for (Field each : overhead.entries()) {
            // Upstream's path is that of limits.
            Field entry = overhead.at("limits").key(each.name()).withValue(each.value());
            ResourceNames.container(entry, errors);
            Quantities.ofResource(entry, errors);
        }
    }

    static void amounts(Field resources, BiConsumer<Field, Errors> naming, Errors errors) {
        Field limits = resources.at("limits");
        Field requests = resources.at("requests");
        boolean hugePages = false;
        boolean compute = false;
        for (Field limit : limits.entries()) {
            naming.accept(limit, errors);
            hugePages |= hugePages(limit, Quantities.ofResource(limit, errors), errors);
            compute |= RESIZABLE.contains(limit.name());
        }
        for (Field request : requests.entries()) {
            naming.accept(request, errors);
            Quantity wanted = Quantities.ofResource(request, errors);
            againstLimit(wanted, request, limits, requests, errors);
            hugePages |= hugePages(request, wanted, errors);
            compute |= RESIZABLE.contains(request.name());
        }
        if (hugePages && !compute) {
            errors.forbidden(resources, "HugePages require cpu or memory");
        }
    }

    private static void againstLimit(
            @Nullable Quantity wanted, Field request, Field limits, Field requests, Errors errors) {
        String resource = request.name();
        Field limit = limits.key(resource);
        Quantity most = Quantities.read(limit);
        if (wanted == null || (limit.present() && most == null)) {
            return;
        }
        boolean shareable = ResourceNames.isShareable(resource);
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

    /** Huge pages come in whole pages. Whether it is about them at all. */
    private static boolean hugePages(Field amount, @Nullable Quantity quantity, Errors errors) {
        if (!ResourceNames.isHugePages(amount.name())) {
            return false;
        }
        if (quantity != null && !isMultiple(quantity, amount.name())) {
            errors.invalid(
                    amount, quantity.toString(), quantity + " is not positive integer multiple of " + amount.name());
        }
        return true;
    }

    private static boolean isMultiple(Quantity quantity, String resource) {
        try {
            Quantity page = Quantity.parse(resource.substring("hugepages-".length()));
            return page.signum() > 0 && Quantities.isWhole(page) && quantity.value() % page.value() == 0;
        } catch (IllegalArgumentException noSize) {
            return false;
        }
    }

    private static void claims(Field claims, Set<String> ofPod, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field claim : claims.items()) {
            String name = claim.at("name").text();
            if (name.isEmpty()) {
                errors.required(claim, "");
                continue;
            }
            if (seen.contains(name)) {
                errors.duplicate(claim, name);
            } else {
                request(claim, name, seen, errors);
            }
            if (!ofPod.contains(name)) {
                String known = ofPod.isEmpty()
                        ? " which is empty"
                        : ": " + String.join(", ", ofPod.stream().sorted().toList());
                errors.notFound(claim, name, "must be one of the names in pod.spec.resourceClaims" + known);
            }
        }
    }

    /** A claim is used whole, or request by request, but not both. */
    private static void request(Field claim, String name, Set<String> seen, Errors errors) {
        Field request = claim.at("request");
        String key = request.empty() ? name : name + "/" + request.text();
        if (!request.empty()) {
            errors.invalid(request, Names.dnsLabel(request.text()));
        }
        boolean partly = request.empty() && seen.stream().anyMatch(each -> each.startsWith(name + "/"));
        if (seen.contains(key) || partly) {
            errors.duplicate(claim, key);
        }
        seen.add(key);
    }

    /** What a change of resources costs a container; upstream names the list, not the item. */
    static void resizePolicy(Field policies, String restartPolicy, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field policy : policies.items()) {
            Field resource = policies.withValue(policy.at("resourceName").value());
            Field restart = policies.withValue(policy.at("restartPolicy").value());
            if (!seen.add(resource.text())) {
                errors.duplicate(policy, resource.text());
            }
            errors.requireOneOf(resource, RESIZABLE);
            errors.requireOneOf(restart, List.of("NotRequired", "RestartContainer"));
            if (restartPolicy.equals("Never") && !restart.isText("NotRequired")) {
                errors.invalid(restart, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
            }
        }
    }
}
