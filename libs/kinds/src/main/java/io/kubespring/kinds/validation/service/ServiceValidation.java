package io.kubespring.kinds.validation.service;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.List;

/** Services. */
public final class ServiceValidation implements KindValidation {

    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> TRAFFIC = List.of("Cluster", "Local");
    private static final List<String> DISTRIBUTIONS = List.of("PreferClose", "PreferSameNode", "PreferSameZone");
    private static final int DAY_SECONDS = 86_400;

    @Override
    public void create(Field service, Errors errors) {
        check(service.at("spec"), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        ClusterIpRules.unchanged(next.at("spec"), current.at("spec"), errors);
        check(next.at("spec"), errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            for (Field ingress : next.at("status", "loadBalancer").at("ingress").items()) {
                if (!ingress.at("ip").empty()) {
                    Addresses.ip(ingress.at("ip"), errors);
                }
            }
        }
    }

    private static void check(Field spec, Errors errors) {
        String type = spec.at("type").text();
        boolean headless = spec.at("clusterIPs").item(0).isText("None")
                || spec.at("clusterIP").isText("None");
        if (spec.at("ports").empty() && !headless && !type.equals("ExternalName")) {
            errors.required(spec.at("ports"), "");
        }
        if (headless && (type.equals("LoadBalancer") || type.equals("NodePort"))) {
            errors.invalid(spec.at("clusterIPs").item(0), "None", "may not be set to 'None' for " + type + " services");
        }
        if (type.equals("ExternalName")) {
            externalName(spec.at("externalName"), errors);
        }
        ServicePortRules.check(spec, errors);
        LabelValidation.labels(spec.at("selector"), errors);
        affinity(spec, errors);
        ClusterIpRules.check(spec, errors);
        spec.at("externalIPs").items().forEach(each -> Addresses.endpoint(each, errors));
        errors.requireOneOf(spec.at("type"), TYPES);
        loadBalancer(spec, type, errors);
        traffic(spec, type, errors);
    }

    private static void externalName(Field name, Errors errors) {
        String domain =
                name.text().endsWith(".") ? name.text().substring(0, name.text().length() - 1) : name.text();
        if (domain.isEmpty()) {
            errors.required(name, "");
        } else {
            errors.invalid(name, Names.dnsSubdomain(domain));
        }
    }

    private static void affinity(Field spec, Errors errors) {
        errors.requireOneOf(spec.at("sessionAffinity"), List.of("ClientIP", "None"));
        Field config = spec.at("sessionAffinityConfig");
        if (spec.at("sessionAffinity").isText("ClientIP")) {
            Field timeout = config.at("clientIP", "timeoutSeconds");
            if (timeout.absent()) {
                errors.required(config, "when session affinity type is ClientIP");
            } else if (timeout.number() <= 0 || timeout.number() > DAY_SECONDS) {
                errors.invalid(timeout, "must be greater than 0 and less than " + DAY_SECONDS);
            }
        } else if (config.present()) {
            errors.forbidden(config, "must not be set when session affinity is None");
        }
    }

    private static void loadBalancer(Field spec, String type, Errors errors) {
        boolean balanced = type.equals("LoadBalancer");
        Field ranges = spec.at("loadBalancerSourceRanges");
        if (!ranges.empty() && !balanced) {
            errors.forbidden(ranges, "may only be used when `type` is 'LoadBalancer'");
        }
        ranges.items().forEach(each -> Addresses.cidr(each, errors));
        for (String each : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
            if (spec.at(each).present() && !balanced) {
                errors.forbidden(spec.at(each), "may only be used when `type` is 'LoadBalancer'");
            } else if (balanced
                    && each.equals("allocateLoadBalancerNodePorts")
                    && spec.at(each).absent()) {
                errors.required(spec.at(each), "field is required when `type` is 'LoadBalancer'");
            }
        }
    }

    private static void traffic(Field spec, String type, Errors errors) {
        boolean external = type.equals("NodePort")
                || type.equals("LoadBalancer")
                || (type.equals("ClusterIP") && !spec.at("externalIPs").empty());
        Field outer = spec.at("externalTrafficPolicy");
        if (!outer.empty() && !external) {
            errors.invalid(outer, "may only be set for externally-accessible services");
        } else if (external) {
            errors.requireOneOf(outer, TRAFFIC);
        }
        Field health = spec.at("healthCheckNodePort");
        boolean checked = type.equals("LoadBalancer") && outer.isText("Local");
        if (!health.empty() && !checked) {
            errors.invalid(
                    health, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
        Field inner = spec.at("internalTrafficPolicy");
        if (inner.present()) {
            errors.oneOf(inner, TRAFFIC);
        } else if (TYPES.contains(type) && !type.equals("ExternalName")) {
            errors.required(inner, "");
        }
        if (spec.at("trafficDistribution").present()) {
            errors.oneOf(spec.at("trafficDistribution"), DISTRIBUTIONS);
        }
    }
}
