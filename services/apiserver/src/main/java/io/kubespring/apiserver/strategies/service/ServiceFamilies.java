package io.kubespring.apiserver.strategies.service;

import io.kubespring.api.error.FieldError;
import io.kubespring.kinds.service.IpFamily;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides {@code ipFamilyPolicy} and {@code ipFamilies} ("IPv4/IPv6 dual-stack"): from what the user chose, else from the
 * addresses given, else the cluster's default family alone. An update changes the number of families only where the policy
 * says so.
 */
final class ServiceFamilies {

    private static final String SINGLE = "SingleStack";
    private static final String PREFER = "PreferDualStack";
    private static final String REQUIRE = "RequireDualStack";
    private static final String POLICY = "spec.ipFamilyPolicy";

    private final List<IpFamily> configured;

    ServiceFamilies(List<IpFamily> configured) {
        this.configured = configured;
    }

    /** Fills both fields in; what cannot be is returned. */
    List<FieldError> decide(ObjectNode spec, @Nullable JsonNode current) {
        if (!ServiceSpecs.needsClusterIp(spec) || current != null && isSettled(spec, current)) {
            return List.of();
        }
        boolean unmanaged =
                ServiceSpecs.isHeadless(spec) && spec.path("selector").isEmpty();
        if (policy(spec).isEmpty()) {
            String before = current == null ? "" : policy(current);
            spec.put("ipFamilyPolicy", !before.isEmpty() ? before : unmanaged ? REQUIRE : SINGLE);
        }
        var errors = new ArrayList<FieldError>();
        if (current != null) {
            change(spec, current, errors);
        }
        checkCounts(spec, errors);
        List<IpFamily> families = families(spec, errors);
        if (!errors.isEmpty()) {
            return errors;
        }
        if (unmanaged) {
            // Its endpoints are someone else's business, so it may be of both families anywhere.
            write(spec, completed(families, !policy(spec).equals(SINGLE)));
            return errors;
        }
        checkConfigured(spec, families, errors);
        if (errors.isEmpty()) {
            write(spec, completed(families, !policy(spec).equals(SINGLE) && configured.size() > 1));
        }
        return errors;
    }

    /** A Service that prefers both families keeps those that it has until somebody changes them. */
    static boolean isSettled(JsonNode spec, JsonNode current) {
        return policy(spec).equals(PREFER)
                && (policy(current).equals(PREFER) || policy(current).isEmpty())
                && ServiceSpecs.needsClusterIp(spec)
                && ServiceSpecs.text(spec, "type").equals(ServiceSpecs.text(current, "type"))
                && spec.path("clusterIPs").equals(current.path("clusterIPs"))
                && spec.path("ipFamilies").equals(current.path("ipFamilies"));
    }

    private static void change(ObjectNode spec, JsonNode current, List<FieldError> errors) {
        for (String field : List.of("clusterIPs", "ipFamilies")) {
            JsonNode now = spec.path(field);
            JsonNode before = current.path(field);
            if (policy(spec).equals(SINGLE)) {
                if (now.equals(before) && now.size() > 1) {
                    ((ArrayNode) now).remove(1);
                }
            } else if (!now.isEmpty() && now.size() < before.size()) {
                errors.add(FieldError.invalid(
                        POLICY,
                        policy(spec),
                        "must be 'SingleStack' to release the secondary "
                                + (field.equals("clusterIPs") ? "cluster IP" : "IP family")));
            }
        }
    }

    private static void checkCounts(JsonNode spec, List<FieldError> errors) {
        if (policy(spec).equals(SINGLE)) {
            tooMany(spec.path("clusterIPs"), "cluster IPs", errors);
            tooMany(spec.path("ipFamilies"), "IP families", errors);
        }
    }

    private static void tooMany(JsonNode list, String what, List<FieldError> errors) {
        if (list.size() == 2) {
            errors.add(FieldError.invalid(
                    POLICY,
                    SINGLE,
                    "must be 'RequireDualStack' or 'PreferDualStack' when multiple " + what + " are specified"));
        }
    }

    /** Those that are named, then those of the addresses that are. */
    private List<IpFamily> families(JsonNode spec, List<FieldError> errors) {
        var families = new ArrayList<IpFamily>();
        for (JsonNode each : spec.path("ipFamilies")) {
            families.add(each.asString("").equals(IpFamily.IPV6.text()) ? IpFamily.IPV6 : IpFamily.IPV4);
        }
        JsonNode addresses = spec.path("clusterIPs");
        for (int i = families.size(); i < addresses.size(); i++) {
            String address = addresses.path(i).asString("");
            if (address.equals(ServiceSpecs.NONE)) {
                break;
            }
            IpFamily family = IpFamily.of(address);
            if (configured.contains(family)) {
                families.add(family);
            } else {
                errors.add(FieldError.invalid(
                        "spec.clusterIPs[" + i + "]",
                        addresses.deepCopy(),
                        family.text() + " is not configured on this cluster"));
            }
        }
        return families;
    }

    private void checkConfigured(JsonNode spec, List<IpFamily> families, List<FieldError> errors) {
        if (policy(spec).equals(REQUIRE) && configured.size() < 2) {
            errors.add(FieldError.invalid(POLICY, REQUIRE, "this cluster is not configured for dual-stack services"));
        }
        for (int i = 0; i < families.size(); i++) {
            if (!configured.contains(families.get(i))) {
                errors.add(FieldError.invalid(
                        "spec.ipFamilies[" + i + "]", families.get(i).text(), "not configured on this cluster"));
            }
        }
    }

    private List<IpFamily> completed(List<IpFamily> families, boolean both) {
        if (families.isEmpty()) {
            families.add(configured.getFirst());
        }
        if (families.size() == 1 && both) {
            families.add(families.getFirst().other());
        }
        return families;
    }

    private static void write(ObjectNode spec, List<IpFamily> families) {
        ArrayNode written = spec.putArray("ipFamilies");
        families.forEach(each -> written.add(each.text()));
    }

    private static String policy(JsonNode spec) {
        return ServiceSpecs.text(spec, "ipFamilyPolicy");
    }
}
