package io.kubespring.kinds.validation.service;

import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The addresses of a Service: at most one of each family, and the first never changes. */
final class ClusterIpRules {

    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES = List.of("SingleStack", "PreferDualStack", "RequireDualStack");
    private static final String NONE = "None";

    private ClusterIpRules() {}

    static void check(Field spec, Errors errors) {
        Field addresses = spec.at("clusterIPs");
        families(spec, errors);
        if (spec.at("type").isText("ExternalName")) {
            for (Field field : List.of(addresses, spec.at("ipFamilies"), spec.at("ipFamilyPolicy"))) {
                if (!field.empty()) {
                    errors.forbidden(field, "may not be used for ExternalName services");
                }
            }
            return;
        }
        List<String> values = addresses.texts();
        if (values.size() > 2) {
            errors.tooMany(addresses, values.size(), 2);
        }
        if (!values.isEmpty() && !spec.at("clusterIP").isText(values.getFirst())) {
            errors.invalid(spec.at("clusterIP"), addresses.value(), "element [0] must match `clusterIP`");
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).equals(NONE)) {
                if (values.size() > 1) {
                    errors.invalid(addresses.item(i), "'None' must be the first and only value");
                }
            } else {
                Addresses.ip(addresses.item(i), errors);
            }
        }
        if (values.size() == 2 && IpFamily.of(values.get(0)) == IpFamily.of(values.get(1))) {
            errors.invalid(addresses, "may specify no more than one IP for each IP family");
        }
    }

    private static void families(Field spec, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field family : spec.at("ipFamilies").items()) {
            errors.oneOf(family, FAMILIES);
            if (!seen.add(family.text())) {
                errors.duplicate(family);
            }
        }
        if (spec.at("ipFamilyPolicy").present()) {
            errors.oneOf(spec.at("ipFamilyPolicy"), POLICIES);
        }
    }

    /** Between types that have an address. */
    static void unchanged(Field next, Field current, Errors errors) {
        if (next.at("type").isText("ExternalName") || current.at("type").isText("ExternalName")) {
            return;
        }
        for (String list : List.of("clusterIPs", "ipFamilies")) {
            Field after = next.at(list).item(0);
            Field before = current.at(list).item(0);
            if (before.present() && after.present() && !after.sameAs(before)) {
                errors.invalid(after, next.at(list).value(), "may not change once set");
            } else if (before.present() && after.absent() && list.equals("clusterIPs")) {
                errors.invalid(
                        after,
                        next.at(list).value().isMissingNode()
                                ? null
                                : next.at(list).value(),
                        "primary clusterIP can not be unset");
            }
        }
    }
}
