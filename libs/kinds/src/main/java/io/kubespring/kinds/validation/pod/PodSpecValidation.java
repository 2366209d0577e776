package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The spec of a Pod, in a Pod or in a template. */
final class PodSpecValidation {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final int HOST_NAME_MAX = 64;

    private PodSpecValidation() {}

    static void check(Field spec, Owner owner, Errors errors) {
        if (spec.at("terminationGracePeriodSeconds").absent()) {
            errors.required(spec.at("terminationGracePeriodSeconds"), "");
        }
        Volumes volumes = VolumeValidation.volumes(spec.at("volumes"), owner, errors);
        Set<String> claims = claims(spec.at("resourceClaims"), errors);
        new ContainerValidation(spec, volumes, claims, errors).all();
        PodResourceValidation.check(spec, errors);
        PortValidation.hostNetwork(spec, owner, errors);
        errors.requireOneOf(spec.at("restartPolicy"), RESTART_POLICIES);
        DnsValidation.policy(spec.at("dnsPolicy"), errors);
        LabelValidation.labels(spec.at("nodeSelector"), errors);
        SecurityValidation.pod(spec, errors);
        AffinityValidation.all(spec.at("affinity"), errors);
        DnsValidation.config(spec, errors);
        gates(spec, errors);
        SpreadValidation.all(spec.at("topologySpreadConstraints"), errors);
        WindowsValidation.hostProcess(spec, errors);
        hostUsers(spec, errors);
        names(spec, errors);
        if (spec.at("preemptionPolicy").present()) {
            errors.requireOneOf(spec.at("preemptionPolicy"), List.of("PreemptLowerPriority", "Never"));
        }
        ResourceValidation.overhead(spec.at("overhead"), errors);
        WindowsValidation.operatingSystem(spec, errors);
    }

    private static void names(Field spec, Errors errors) {
        subdomain(spec.at("serviceAccountName"), errors);
        subdomain(spec.at("nodeName"), errors);
        Numbers.within(spec.at("activeDeadlineSeconds"), 1, Integer.MAX_VALUE, errors);
        for (String each : List.of("hostname", "subdomain")) {
            if (!spec.at(each).empty()) {
                errors.invalid(spec.at(each), Names.dnsLabel(spec.at(each).text()));
            }
        }
        hostnameOverride(spec, errors);
        TolerationValidation.all(spec.at("tolerations"), errors);
        DnsValidation.hostAliases(spec.at("hostAliases"), errors);
        subdomain(spec.at("priorityClassName"), errors);
        if (spec.at("runtimeClassName").present()) {
            errors.invalid(
                    spec.at("runtimeClassName"),
                    Names.dnsSubdomain(spec.at("runtimeClassName").text()));
        }
    }

    private static void subdomain(Field name, Errors errors) {
        if (!name.empty()) {
            errors.invalid(name, Names.dnsSubdomain(name.text()));
        }
    }

    /** The name is the host's own, so it has to fit the kernel, and nothing else may say what it is. */
    private static void hostnameOverride(Field spec, Errors errors) {
        Field name = spec.at("hostnameOverride");
        if (name.absent()) {
            return;
        }
        if (spec.at("hostNetwork").flag()) {
            errors.forbidden(name, "may not be specified when hostNetwork is true");
        }
        if (spec.at("setHostnameAsFQDN").flag()) {
            errors.forbidden(name, "may not be specified when setHostnameAsFQDN is true");
        }
        if (name.text().length() > HOST_NAME_MAX) {
            errors.tooLong(name, HOST_NAME_MAX);
        }
        errors.invalid(name, Names.dnsSubdomain(name.text()));
    }

    /** @return the names that containers can claim */
    private static Set<String> claims(Field claims, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field claim : claims.items()) {
            Field name = claim.at("name");
            if (name.empty()) {
                errors.required(name, "");
            } else if (seen.contains(name.text())) {
                errors.duplicate(name);
            } else {
                errors.invalid(name, Names.dnsLabel(name.text()));
                seen.add(name.text());
            }
            Field direct = claim.at("resourceClaimName");
            Field template = claim.at("resourceClaimTemplateName");
            if (direct.present() && template.present()) {
                errors.invalid(
                        claim, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
            }
            if (direct.absent() && template.absent()) {
                errors.invalid(claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
            }
            for (Field each : List.of(direct, template)) {
                if (each.present()) {
                    errors.invalid(each, Names.dnsSubdomain(each.text()));
                }
            }
        }
        return claims.items().stream()
                .map(each -> each.at("name").text())
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toSet());
    }

    private static void gates(Field spec, Errors errors) {
        for (Field gate : spec.at("readinessGates").items()) {
            Field type = gate.at("conditionType");
            errors.invalid(type, Names.qualifiedName(type.text()));
        }
        Set<String> names = new HashSet<>();
        for (Field gate : spec.at("schedulingGates").items()) {
            String name = gate.at("name").text();
            for (String message : Names.qualifiedName(name)) {
                errors.invalid(gate, name, message);
            }
            if (!names.add(name)) {
                errors.duplicate(gate, name);
            }
        }
    }

    /** A Pod with users of its own does not share the other namespaces of the host. */
    private static void hostUsers(Field spec, Errors errors) {
        if (spec.at("hostUsers").absent() || spec.at("hostUsers").flag()) {
            return;
        }
        String why = "when `hostUsers` is false";
        if (spec.at("hostNetwork").flag()) {
            errors.forbidden(spec.at("hostNetwork"), why);
        }
        // Upstream's paths are Go's names here.
        if (spec.at("hostPID").flag()) {
            errors.forbidden(spec.at("HostPID"), why);
        }
        if (spec.at("hostIPC").flag()) {
            errors.forbidden(spec.at("HostIPC"), why);
        }
    }
}
