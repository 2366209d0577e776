package io.kubespring.kinds.validation.service;

import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The addresses of a Service: at most one of each family, and the first never changes. */
final class ClusterIpRules {

    static final String NONE = "None";

    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> POLICIES = List.of("PreferDualStack", "RequireDualStack", "SingleStack");
    private static final int MOST = 2;

    private ClusterIpRules() {}

    static boolean isHeadless(Field spec) {
        return spec.at("clusterIPs").texts().equals(List.of(NONE));
    }

    /** @param before the addresses that it has already */
    static void check(Field spec, List<String> before, Errors errors) {
        if (spec.at("type").isText("ExternalName")) {
            return;
        }
        Field addresses = spec.at("clusterIPs");
        List<String> values = addresses.texts();
        aligned(spec.at("clusterIP"), addresses, errors);
        families(spec, errors);
        boolean readable = true;
        for (int i = 0; i < values.size(); i++) {
            if (i == 0 && values.get(i).equals(NONE)) {
                if (values.size() > 1) {
                    readable = false;
                    errors.invalid(addresses, "'None' must be the first and only value");
                }
            } else {
                int errorsBefore = errors.list().size();
                Addresses.ip(addresses.item(i), before, errors);
                readable &= errors.list().size() == errorsBefore;
            }
        }
        if (values.size() > MOST) {
            errors.invalid(addresses, "may only hold up to 2 values");
        }
        if (readable) {
            familiesOf(spec, values, errors);
        }
    }

    private static void aligned(Field single, Field addresses, Errors errors) {
        if (single.empty()) {
            if (!addresses.empty()) {
                errors.invalid(addresses, "must be empty when `clusterIP` is not specified");
            }
        } else if (addresses.empty()) {
            errors.required(addresses, "");
        } else if (!addresses.item(0).isText(single.text())) {
            errors.invalid(addresses, "first value must match `clusterIP`");
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

    private static void familiesOf(Field spec, List<String> values, Errors errors) {
        Field addresses = spec.at("clusterIPs");
        boolean dual = values.size() == MOST && IpFamily.of(values.getFirst()) != IpFamily.of(values.getLast());
        if (values.size() > 1 && !dual) {
            errors.invalid(addresses, "may specify no more than one IP for each IP family");
        }
        List<String> families = spec.at("ipFamilies").texts();
        if (isHeadless(spec)) {
            return;
        }
        for (int i = 0; i < Math.min(values.size(), families.size()); i++) {
            String expected = families.get(i);
            if (FAMILIES.contains(expected)
                    && !IpFamily.of(values.get(i)).text().equals(expected)) {
                errors.invalid(
                        addresses.item(i),
                        "expected an " + expected + " value as indicated by `ipFamilies[" + i + "]`");
            }
        }
    }

    /** Between types that have an address. Releasing the second one is a question of the policy, which allocation asks. */
    static void unchanged(Field next, Field current, Errors errors) {
        if (next.at("type").isText("ExternalName") || current.at("type").isText("ExternalName")) {
            return;
        }
        boolean headless = isHeadless(next);
        if (!headless || !isHeadless(current)) {
            addressesUnchanged(next, current, errors);
        }
        if (!headless && !isHeadless(current)) {
            familiesUnchanged(next, current, errors);
        }
    }

    private static void addressesUnchanged(Field next, Field current, Errors errors) {
        Field after = next.at("clusterIPs");
        List<String> now = after.texts();
        List<String> then = current.at("clusterIPs").texts();
        if (now.size() == then.size()) {
            for (int i = 0; i < now.size(); i++) {
                if (!now.get(i).equals(then.get(i))) {
                    errors.invalid(after.item(i), after.value(), "may not change once set");
                }
            }
            return;
        }
        if (now.isEmpty()) {
            errors.invalid(after.item(0), shown(after), "primary clusterIP can not be unset");
        } else if (!then.isEmpty() && !now.getFirst().equals(then.getFirst())) {
            errors.invalid(after.item(0), after.value(), "may not change once set");
        }
    }

    private static void familiesUnchanged(Field next, Field current, Errors errors) {
        Field after = next.at("ipFamilies");
        List<String> now = after.texts();
        List<String> then = current.at("ipFamilies").texts();
        if (now.size() == then.size()) {
            for (int i = 0; i < now.size(); i++) {
                if (!now.get(i).equals(then.get(i))) {
                    errors.invalid(after.item(0), after.value(), "may not change once set");
                }
            }
            return;
        }
        Field addresses = next.at("clusterIPs");
        if (now.size() < then.size() && addresses.empty()) {
            errors.invalid(after.item(0), shown(after), "primary ipFamily can not be unset");
        }
        if (!now.isEmpty() && !then.isEmpty() && !now.getFirst().equals(then.getFirst())) {
            // Upstream shows the addresses here.
            errors.invalid(after.item(0), shown(addresses), "may not change once set");
        }
    }

    private static @Nullable JsonNode shown(Field list) {
        return list.absent() ? null : list.value();
    }
}
