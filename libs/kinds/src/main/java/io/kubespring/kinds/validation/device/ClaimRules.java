package io.kubespring.kinds.validation.device;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a claim asks for; the same in a ResourceClaim and in a template of some. */
final class ClaimRules {

    private static final int ALTERNATIVES_MAX = 8;
    private static final String NO_REQUEST =
            "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

    private final Errors errors;
    private final Map<String, Set<String>> requests;

    /** @param spec of a claim */
    ClaimRules(Field spec, Errors errors) {
        this.errors = errors;
        this.requests = names(spec.at("devices", "requests"));
    }

    private static Map<String, Set<String>> names(Field requests) {
        Map<String, Set<String>> names = new HashMap<>();
        for (Field request : requests.items()) {
            names.put(
                    request.at("name").text(),
                    request.at("firstAvailable").items().stream()
                            .map(each -> each.at("name").text())
                            .collect(Collectors.toSet()));
        }
        return names;
    }

    static void check(Field spec, Errors errors) {
        new ClaimRules(spec, errors).check(spec.at("devices"));
    }

    private void check(Field devices) {
        Lists.set(
                devices.at("requests"),
                DeviceRules.ALL_MAX,
                this::request,
                each -> each.at("name").text(),
                errors);
        Lists.bounded(devices.at("constraints"), DeviceRules.ALL_MAX, this::constraint, errors);
        Lists.bounded(
                devices.at("config"),
                DeviceRules.ALL_MAX,
                each -> {
                    references(each.at("requests"));
                    DeviceRules.configuration(each, errors);
                },
                errors);
    }

    private void request(Field request) {
        DeviceNames.label(request.at("name"), errors);
        Field exactly = request.at("exactly");
        Field alternatives = request.at("firstAvailable");
        if (exactly.absent() && alternatives.empty()) {
            errors.required(request, "exactly one of `exactly` or `firstAvailable` is required");
        } else if (exactly.present() && !alternatives.empty()) {
            errors.invalid(
                    request,
                    null,
                    "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
        } else if (exactly.present()) {
            device(exactly);
        } else {
            Lists.set(
                    alternatives,
                    ALTERNATIVES_MAX,
                    each -> {
                        DeviceNames.label(each.at("name"), errors);
                        device(each);
                    },
                    each -> each.at("name").text(),
                    errors);
        }
    }

    private void device(Field device) {
        Field deviceClass = device.at("deviceClassName");
        if (deviceClass.empty()) {
            errors.required(deviceClass, "");
        } else {
            errors.invalid(deviceClass, Names.dnsSubdomain(deviceClass.text()));
        }
        DeviceRules.selectors(device.at("selectors"), errors);
        Field count = device.at("count");
        switch (device.at("allocationMode").text()) {
            case "All" -> {
                if (!count.empty()) {
                    errors.invalid(count, "must not be specified when allocationMode is 'All'");
                }
            }
            case "ExactCount" -> {
                if (count.number() <= 0) {
                    errors.invalid(count, count.number(), "must be greater than zero");
                }
            }
            default -> errors.notSupportedOf(device.at("allocationMode"), "All", "ExactCount");
        }
        device.at("tolerations").items().forEach(each -> Taints.toleration(each, errors));
    }

    private void constraint(Field constraint) {
        references(constraint.at("requests"));
        if (constraint.at("matchAttribute").present()) {
            DeviceNames.fullyQualified(constraint.at("matchAttribute"), errors);
        } else if (constraint.at("distinctAttribute").present()) {
            DeviceNames.fullyQualified(constraint.at("distinctAttribute"), errors);
        } else {
            errors.required(
                    constraint,
                    "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are"
                            + " set");
        }
    }

    void references(Field names) {
        Lists.set(names, DeviceRules.ALL_MAX, this::reference, Field::text, errors);
    }

    /** A request of the claim, or one of its alternatives: "gpu" or "gpu/large". */
    void reference(Field name) {
        String[] parts = name.text().split("/", -1);
        if (parts.length > 2) {
            errors.invalid(name, NO_REQUEST);
            return;
        }
        for (String part : parts) {
            for (String message : Names.dnsLabel(part)) {
                errors.invalid(name, part, message);
            }
        }
        Set<String> alternatives = requests.get(parts[0]);
        if (alternatives == null || parts.length == 2 && !alternatives.contains(parts[1])) {
            errors.invalid(name, NO_REQUEST);
        }
    }
}
