package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The spec of a Pod, in a Pod or in a template. */
final class PodSpecValidation {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");

    private PodSpecValidation() {}

    /** @param isPod false for the template of a workload */
    static void check(Field spec, boolean isPod, Errors errors) {
        Set<String> volumes = VolumeValidation.volumes(spec.at("volumes"), errors);
        new ContainerValidation(spec, volumes, errors).all();
        if (spec.at("hostNetwork").flag()) {
            PortValidation.hostNetwork(spec.at("containers"), isPod, errors);
        }
        errors.requireOneOf(spec.at("restartPolicy"), RESTART_POLICIES);
        DnsValidation.pod(spec, errors);
        LabelValidation.labels(spec.at("nodeSelector"), errors);
        SecurityValidation.pod(spec, errors);
        pullSecrets(spec.at("imagePullSecrets"), errors);
        AffinityValidation.all(spec.at("affinity"), errors);
        names(spec, errors);
        Numbers.within(spec.at("activeDeadlineSeconds"), 1, Integer.MAX_VALUE, errors);
        TolerationValidation.all(spec.at("tolerations"), errors);
        SpreadValidation.all(spec.at("topologySpreadConstraints"), errors);
        gates(spec.at("schedulingGates"), errors);
        for (Field gate : spec.at("readinessGates").items()) {
            Field type = gate.at("conditionType");
            errors.invalid(type, Names.qualifiedName(type.text()));
        }
        for (Field overhead : spec.at("overhead").entries()) {
            Quantities.containerResourceName(overhead, errors);
            Quantities.ofResource(overhead, errors);
        }
        if (spec.at("preemptionPolicy").present()) {
            errors.oneOf(spec.at("preemptionPolicy"), List.of("PreemptLowerPriority", "Never"));
        }
        if (spec.at("os").present()) {
            errors.requireOneOf(spec.at("os", "name"), List.of("linux", "windows"));
        }
        ResourceValidation.container(spec.at("resources"), errors);
    }

    private static void names(Field spec, Errors errors) {
        for (String each : List.of("serviceAccountName", "nodeName", "priorityClassName", "runtimeClassName")) {
            if (!spec.at(each).empty()) {
                errors.invalid(spec.at(each), Names.dnsSubdomain(spec.at(each).text()));
            }
        }
        for (String each : List.of("hostname", "subdomain")) {
            if (!spec.at(each).empty()) {
                errors.invalid(spec.at(each), Names.dnsLabel(spec.at(each).text()));
            }
        }
    }

    private static void pullSecrets(Field secrets, Errors errors) {
        for (Field secret : secrets.items()) {
            if (secret.at("name").empty()) {
                errors.required(secret.at("name"), "");
            }
        }
    }

    private static void gates(Field gates, Errors errors) {
        Set<String> names = new HashSet<>();
        for (Field gate : gates.items()) {
            errors.invalid(gate, Names.qualifiedName(gate.at("name").text()));
            if (!names.add(gate.at("name").text())) {
                errors.duplicate(gate, gate.at("name").text());
            }
        }
    }
}
