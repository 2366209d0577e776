package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Nodes: once a node has its podCIDR and provider id, it keeps them. */
public final class NodeValidation implements KindValidation {

    private static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "PreferNoSchedule");
    private static final List<String> CHANGEABLE =
            List.of("podCIDR", "podCIDRs", "providerID", "taints", "unschedulable", "configSource");

    @Override
    public void create(Field node, Errors errors) {
        taints(node.at("spec", "taints"), errors);
        podCidrs(node.at("spec", "podCIDRs"), errors);
        resources(node, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        Field cidrs = current.at("spec", "podCIDRs");
        if (!cidrs.empty() && !next.at("spec", "podCIDRs").sameAs(cidrs)) {
            errors.forbidden(
                    next.at("spec", "podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
        }
        Field provider = current.at("spec", "providerID");
        if (!provider.empty() && !next.at("spec", "providerID").sameAs(provider)) {
            errors.forbidden(
                    next.at("spec", "providerID"), "node updates may not change providerID except from \"\" to valid");
        }
        if (!Semantics.equal(
                without(next.at("spec").value()), without(current.at("spec").value()))) {
            errors.forbidden(
                    Field.of("[]", MissingNode.getInstance()),
                    "node updates may only change labels, taints, or capacity (or configSource, if the"
                            + " DynamicKubeletConfig feature gate is enabled)");
        }
    }

    private static JsonNode without(JsonNode spec) {
        if (spec.deepCopy() instanceof ObjectNode copy) {
            CHANGEABLE.forEach(copy::remove);
            return copy.isEmpty() ? MissingNode.getInstance() : copy;
        }
        return MissingNode.getInstance();
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            resources(next, errors);
            Set<String> seen = new HashSet<>();
            for (Field address : next.at("status", "addresses").items()) {
                if (!seen.add(
                        address.at("type").text() + " " + address.at("address").text())) {
                    errors.duplicate(address);
                }
            }
        }
    }

    private static void resources(Field node, Errors errors) {
        for (String list : List.of("capacity", "allocatable")) {
            for (Field amount : node.at("status", list).entries()) {
                Quantities.ofResource(amount, errors);
            }
        }
    }

    private static void taints(Field taints, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field taint : taints.items()) {
            errors.invalid(taint.at("key"), Names.qualifiedName(taint.at("key").text()));
            List<String> messages = Names.labelValue(taint.at("value").text());
            if (!messages.isEmpty()) {
                errors.invalid(taint.at("value"), String.join(";", messages));
            }
            errors.requireOneOf(taint.at("effect"), EFFECTS);
            if (!seen.add(taint.at("key").text() + ":" + taint.at("effect").text())) {
                errors.duplicate(taint);
            }
        }
    }

    private static void podCidrs(Field cidrs, Errors errors) {
        cidrs.items().forEach(each -> Addresses.cidr(each, errors));
        List<String> all = cidrs.texts();
        if (all.size() > 2 || (all.size() == 2 && IpFamily.of(all.get(0)) == IpFamily.of(all.get(1)))) {
            errors.invalid(cidrs, "may specify no more than one CIDR for each IP family");
        }
    }
}
