package io.kubespring.kinds.validation.service;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services. */
public final class ServiceValidation implements KindValidation {

    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> EXTERNAL = List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy");
    private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
    private static final String MODE = "service.kubernetes.io/topology-mode";
    private static final int DAY_SECONDS = 86_400;

    @Override
    public void create(Field service, Errors errors) {
        check(service, null, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        Field spec = next.at("spec");
        Field before = current.at("spec");
        ClusterIpRules.unchanged(spec, before, errors);
        LoadBalancerRules.unchanged(spec, before, errors);
        TrafficRules.unchanged(spec, before, errors);
        check(next, before, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            LoadBalancerRules.status(next, current, errors);
        }
    }

    /** @param before the spec that it has already */
    private static void check(Field service, @Nullable Field before, Errors errors) {
        Field spec = service.at("spec");
        topology(service.at("metadata", "annotations"), errors);
        boolean headless = ClusterIpRules.isHeadless(spec);
        if (spec.at("ports").empty() && !headless && !spec.at("type").isText("ExternalName")) {
            errors.required(spec.at("ports"), "");
        }
        type(spec, headless, errors);
        ServicePortRules.each(spec, errors);
        LabelValidation.labels(spec.at("selector"), errors);
        affinity(spec, errors);
        ClusterIpRules.check(spec, texts(before, "clusterIPs"), errors);
        externalIps(spec, texts(before, "externalIPs"), errors);
        errors.requireOneOf(spec.at("type"), TYPES);
        ServicePortRules.together(spec, errors);
        LoadBalancerRules.check(service, texts(before, "loadBalancerSourceRanges"), errors);
        TrafficRules.check(spec, errors);
    }

    private static List<String> texts(@Nullable Field spec, String list) {
        return spec == null ? List.of() : spec.at(list).texts();
    }

    private static void topology(Field annotations, Errors errors) {
        Field mode = annotations.key(MODE);
        Field hints = annotations.key(HINTS);
        if (mode.present() && hints.present() && !mode.sameAs(hints)) {
            errors.invalid(mode, "must match annotations[" + HINTS + "] when both are specified");
        }
    }

    private static void type(Field spec, boolean headless, Errors errors) {
        String type = spec.at("type").text();
        if (headless && (type.equals("LoadBalancer") || type.equals("NodePort"))) {
            errors.invalid(
                    spec.at("clusterIPs").item(0),
                    ClusterIpRules.NONE,
                    "may not be set to 'None' for " + type + " services");
        }
        if (type.equals("ExternalName")) {
            for (String each : EXTERNAL) {
                if (!spec.at(each).empty()) {
                    errors.forbidden(spec.at(each), "may not be set for ExternalName services");
                }
            }
            externalName(spec.at("externalName"), errors);
        }
    }

    private static void externalName(Field name, Errors errors) {
        String domain =
                name.text().endsWith(".") ? name.text().substring(0, name.text().length() - 1) : name.text();
        if (domain.isEmpty()) {
            errors.required(name, "");
            return;
        }
        for (String message : Names.dnsSubdomain(domain)) {
            errors.invalid(name, domain, message);
        }
    }

    private static void affinity(Field spec, Errors errors) {
        errors.requireOneOf(spec.at("sessionAffinity"), List.of("ClientIP", "None"));
        Field config = spec.at("sessionAffinityConfig");
        if (spec.at("sessionAffinity").isText("ClientIP")) {
            Field timeout = config.at("clientIP", "timeoutSeconds");
            if (config.absent()) {
                errors.required(config, "when session affinity type is ClientIP");
            } else if (config.at("clientIP").absent()) {
                errors.required(config.at("clientIP"), "when session affinity type is ClientIP");
            } else if (timeout.absent()) {
                errors.required(timeout, "when session affinity type is ClientIP");
            } else if (timeout.number() <= 0 || timeout.number() > DAY_SECONDS) {
                errors.invalid(timeout, "must be greater than 0 and less than " + DAY_SECONDS);
            }
        } else if (spec.at("sessionAffinity").isText("None") && config.present()) {
            errors.forbidden(config, "must not be set when session affinity is None");
        }
    }

    private static void externalIps(Field spec, List<String> before, Errors errors) {
        for (Field each : spec.at("externalIPs").items()) {
            int found = errors.list().size();
            Addresses.ip(each, before, errors);
            if (errors.list().size() == found) {
                Addresses.endpoint(each, errors);
            }
        }
    }
}
