package io.kubespring.apiserver.strategies.service;

import io.kubespring.api.error.FieldError;
import io.kubespring.kinds.service.IpFamily;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides {@code ipFamilyPolicy} and {@code ipFamilies} ("IPv4/IPv6 dual-stack"): from what the user chose, else from the
 * addresses given, else the cluster's default family alone.
 */
final class ServiceFamilies {

    private static final String SINGLE = "SingleStack";
    private static final String PREFER = "PreferDualStack";
    private static final String REQUIRE = "RequireDualStack";

    private final List<IpFamily> configured;

    ServiceFamilies(List<IpFamily> configured) {
        this.configured = configured;
    }

    /** Fills both fields in; what cannot be is returned. */
    List<FieldError> decide(ObjectNode spec) {
        if (!ServiceSpecs.needsClusterIp(spec)) {
            return List.of();
        }
        List<IpFamily> families = chosen(spec);
        if (ServiceSpecs.isHeadless(spec) && spec.path("selector").isEmpty()) {
            withoutSelector(spec, families);
            return List.of();
        }
        List<FieldError> errors = check(spec, families);
        if (!errors.isEmpty()) {
            return errors;
        }
        if (families.isEmpty()) {
            families.add(configured.getFirst());
        }
        String policy = ServiceSpecs.text(spec, "ipFamilyPolicy");
        if (policy.isEmpty()) {
            policy = families.size() > 1 ? REQUIRE : SINGLE;
            spec.put("ipFamilyPolicy", policy);
        }
        if (policy.equals(SINGLE)) {
            families = families.subList(0, 1);
        } else if (families.size() == 1 && configured.size() > 1) {
            families.add(families.getFirst().other());
        }
        write(spec, families);
        return List.of();
    }

    /** Its endpoints are someone else's business, so it may be of both families anywhere. */
    private void withoutSelector(ObjectNode spec, List<IpFamily> families) {
        if (ServiceSpecs.text(spec, "ipFamilyPolicy").isEmpty()) {
            spec.put("ipFamilyPolicy", REQUIRE);
        }
        if (families.isEmpty()) {
            families.add(configured.getFirst());
        }
        if (families.size() == 1 && !ServiceSpecs.text(spec, "ipFamilyPolicy").equals(SINGLE)) {
            families.add(families.getFirst().other());
        }
        write(spec, families);
    }

    private List<FieldError> check(ObjectNode spec, List<IpFamily> families) {
        var errors = new ArrayList<FieldError>();
        for (int i = 0; i < families.size(); i++) {
            if (!configured.contains(families.get(i))) {
                errors.add(FieldError.invalid(
                        "spec.ipFamilies[" + i + "]", families.get(i).text(), "not configured on this cluster"));
            }
        }
        String policy = ServiceSpecs.text(spec, "ipFamilyPolicy");
        boolean twoWanted = policy.equals(REQUIRE) || policy.equals(PREFER);
        if (policy.equals(REQUIRE) && configured.size() < 2) {
            errors.add(FieldError.invalid(
                    "spec.ipFamilyPolicy", policy, "this cluster is not configured for dual-stack services"));
        }
        if (families.size() > 1 && !policy.isEmpty() && !twoWanted) {
            errors.add(FieldError.invalid(
                    "spec.ipFamilyPolicy",
                    policy,
                    "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"));
        }
        return errors;
    }

    private static List<IpFamily> chosen(ObjectNode spec) {
        var families = new ArrayList<IpFamily>();
        for (JsonNode each : spec.path("ipFamilies")) {
            families.add(each.asString("").equals(IpFamily.IPV6.text()) ? IpFamily.IPV6 : IpFamily.IPV4);
        }
        int position = 0;
        for (JsonNode each : spec.path("clusterIPs")) {
            if (IpFamily.isAddress(each.asString("")) && position++ >= families.size()) {
                families.add(IpFamily.of(each.asString("")));
            }
        }
        return families;
    }

    private static void write(ObjectNode spec, List<IpFamily> families) {
        ArrayNode written = spec.putArray("ipFamilies");
        families.forEach(each -> written.add(each.text()));
    }
}
