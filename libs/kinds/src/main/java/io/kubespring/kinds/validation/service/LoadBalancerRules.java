package io.kubespring.kinds.validation.service;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.StringNode;

/** What only Services of the type LoadBalancer have, and what their provider answers in the status. */
final class LoadBalancerRules {

    private static final String ONLY = "may only be used when `type` is 'LoadBalancer'";
    private static final String RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

    private LoadBalancerRules() {}

    static boolean isLoadBalancer(Field spec) {
        return spec.at("type").isText("LoadBalancer");
    }

    /** @param before the source ranges that it has already */
    static void check(Field service, List<String> before, Errors errors) {
        Field spec = service.at("spec");
        boolean balanced = isLoadBalancer(spec);
        sourceRanges(service, balanced, before, errors);
        Field ports = spec.at("allocateLoadBalancerNodePorts");
        if (ports.present() && !balanced) {
            errors.forbidden(ports, ONLY);
        } else if (ports.absent() && balanced) {
            errors.required(Field.of("allocateLoadBalancerNodePorts", ports.value()), "");
        }
        Field provider = spec.at("loadBalancerClass");
        if (provider.present() && balanced) {
            errors.invalid(provider, Names.qualifiedName(provider.text()));
        } else if (provider.present()) {
            errors.forbidden(provider, ONLY);
        }
    }

    /** The field, which upstream's errors spell as Go does, or else the annotation that it once was. */
    private static void sourceRanges(Field service, boolean balanced, List<String> before, Errors errors) {
        Field spec = service.at("spec");
        Field ranges = spec.at("LoadBalancerSourceRanges")
                .withValue(spec.at("loadBalancerSourceRanges").value());
        Field annotation = service.at("metadata", "annotations").key(RANGES);
        boolean byField = !ranges.empty();
        if (!byField && annotation.absent()) {
            return;
        }
        if (!balanced) {
            errors.forbidden(byField ? ranges : annotation, ONLY);
        }
        if (byField) {
            ranges.items().forEach(each -> Addresses.cidr(stripped(each, each.text()), before, errors));
        } else if (!annotation.text().isBlank()) {
            for (String each : annotation.text().strip().split(",", -1)) {
                Addresses.cidr(stripped(annotation, each), before, errors);
            }
        }
    }

    private static Field stripped(Field field, String text) {
        return field.withValue(StringNode.valueOf(text.strip()));
    }

    /** One provider does not hand over to another. */
    static void unchanged(Field next, Field current, Errors errors) {
        Field after = next.at("loadBalancerClass");
        if (isLoadBalancer(next) && isLoadBalancer(current) && !after.sameAs(current.at("loadBalancerClass"))) {
            errors.invalid(after, after.absent() ? null : after.text(), "may not change once set");
        }
    }

    static void status(Field service, Field current, Errors errors) {
        Field ingress = service.at("status", "loadBalancer").at("ingress");
        if (!isLoadBalancer(service.at("spec")) && !ingress.empty()) {
            errors.forbidden(ingress, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        List<String> before = current.at("status", "loadBalancer").at("ingress").items().stream()
                .map(each -> each.at("ip").text())
                .toList();
        ingress.items().forEach(each -> ingress(each, before, errors));
    }

    private static void ingress(Field ingress, List<String> before, Errors errors) {
        Field ip = ingress.at("ip");
        Field mode = ingress.at("ipMode");
        if (!ip.empty()) {
            Addresses.ip(ip, before, errors);
        }
        if (mode.absent()) {
            if (!ip.empty()) {
                errors.required(mode, "must be specified when `ip` is set");
            }
        } else if (ip.empty()) {
            errors.forbidden(mode, "may not be specified when `ip` is not set");
        } else {
            errors.oneOf(mode, List.of("Proxy", "VIP"));
        }
        Field hostname = ingress.at("hostname");
        if (!hostname.empty()) {
            errors.invalid(hostname, Names.dnsSubdomain(hostname.text()));
            if (Addresses.isReadable(hostname.text().toLowerCase(Locale.ROOT))) {
                errors.invalid(hostname, "must be a DNS name, not an IP address");
            }
        }
    }
}
