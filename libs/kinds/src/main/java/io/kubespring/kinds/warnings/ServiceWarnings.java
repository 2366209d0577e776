package io.kubespring.kinds.warnings;

import io.kubespring.kinds.tree.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** Fields of Services and their endpoints that do nothing, or will not for long. */
public final class ServiceWarnings {

    private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
    private static final String MODE = "service.kubernetes.io/topology-mode";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final Set<String> OUR_CONTROLLERS =
            Set.of("endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io");

    private ServiceWarnings() {}

    public static List<String> service(Field service) {
        List<String> warnings = new ArrayList<>(0);
        if (service.at("metadata", "annotations").key(HINTS).present()) {
            warnings.add("annotation " + HINTS + " is deprecated, please use " + MODE + " instead");
        }
        Field spec = service.at("spec");
        boolean none = spec.at("clusterIP").isText("None");
        boolean external = spec.at("type").isText("ExternalName");
        boolean headless = none && spec.at("type").isText("ClusterIP");
        if (!none && !spec.at("clusterIP").empty()) {
            spec.at("clusterIPs").items().forEach(each -> AddressWarnings.ip(each, warnings));
        }
        if (headless) {
            headless(spec, warnings);
        }
        spec.at("externalIPs").items().forEach(each -> AddressWarnings.ip(each, warnings));
        boolean outside = !spec.at("externalIPs").empty();
        if (outside && !headless && !external) {
            warnings.add("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        }
        AddressWarnings.ip(spec.at("loadBalancerIP"), warnings);
        for (Field range : spec.at("loadBalancerSourceRanges").items()) {
            AddressWarnings.cidr(range.withValue(StringNode.valueOf(range.text().strip())), warnings);
        }
        if (outside && external) {
            warnings.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!external && !spec.at("externalName").empty()) {
            warnings.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if (spec.at("trafficDistribution").isText("PreferClose")) {
            warnings.add("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
        }
        return warnings;
    }

    private static void headless(Field spec, List<String> warnings) {
        if (!spec.at("loadBalancerIP").empty()) {
            warnings.add("spec.loadBalancerIP is ignored for headless services");
        }
        if (!spec.at("externalIPs").empty()) {
            warnings.add("spec.externalIPs is ignored for headless services");
        }
        if (!spec.at("sessionAffinity").isText("None")) {
            warnings.add("spec.SessionAffinity is ignored for headless services");
        }
    }

    public static List<String> endpoints(Field endpoints) {
        List<String> warnings = new ArrayList<>(0);
        for (Field subset : endpoints.at("subsets").items()) {
            for (String list : List.of("addresses", "notReadyAddresses")) {
                subset.at(list).items().forEach(each -> AddressWarnings.ip(each.at("ip"), warnings));
            }
        }
        return warnings;
    }

    /** @param current null on create */
    public static List<String> endpointSlice(Field slice, @Nullable Field current) {
        List<String> warnings = new ArrayList<>(0);
        if (current == null && slice.at("addressType").isText("FQDN")) {
            warnings.add("spec.addressType: FQDN endpoints are deprecated");
        }
        String manager = slice.at("metadata", "labels").key(MANAGED_BY).text();
        if (!OUR_CONTROLLERS.contains(manager)) {
            for (Field endpoint : slice.at("endpoints").items()) {
                endpoint.at("addresses").items().forEach(each -> AddressWarnings.ip(each, warnings));
            }
        }
        return warnings;
    }
}
