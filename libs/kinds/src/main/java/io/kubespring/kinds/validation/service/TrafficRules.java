package io.kubespring.kinds.validation.service;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** Which endpoints a Service's traffic goes to: from inside, from outside, and near ones first. */
final class TrafficRules {

    private static final List<String> POLICIES = List.of("Cluster", "Local");
    private static final List<String> DISTRIBUTIONS = List.of("PreferClose", "PreferSameZone", "PreferSameNode");

    private TrafficRules() {}

    static void check(Field spec, Errors errors) {
        String type = spec.at("type").text();
        boolean external = type.equals("NodePort")
                || type.equals("LoadBalancer")
                || (type.equals("ClusterIP") && !spec.at("externalIPs").empty());
        Field outer = spec.at("externalTrafficPolicy");
        if (external) {
            errors.requireOneOf(outer, POLICIES);
        } else if (!outer.empty()) {
            errors.invalid(outer, "may only be set for externally-accessible services");
        }
        // A missing port of a checked Service is allocated after validation.
        Field health = spec.at("healthCheckNodePort");
        if (!health.empty() && isChecked(spec)) {
            Numbers.port(health, errors);
        } else if (!health.empty()) {
            errors.invalid(
                    health, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
        Field inner = spec.at("internalTrafficPolicy");
        if (inner.present()) {
            errors.oneOf(inner, POLICIES);
        } else if (List.of("ClusterIP", "LoadBalancer", "NodePort").contains(type)) {
            errors.required(inner, "");
        }
        if (spec.at("trafficDistribution").present()) {
            errors.oneOf(spec.at("trafficDistribution"), DISTRIBUTIONS);
        }
    }

    /** Whether a load balancer asks nodes, on a port of its own, if they have endpoints. */
    private static boolean isChecked(Field spec) {
        return LoadBalancerRules.isLoadBalancer(spec)
                && spec.at("externalTrafficPolicy").isText("Local");
    }

    static void unchanged(Field next, Field current, Errors errors) {
        Field port = next.at("healthCheckNodePort");
        if (isChecked(next) && isChecked(current) && !port.sameAs(current.at("healthCheckNodePort"))) {
            errors.forbidden(port, "field is immutable");
        }
    }
}
