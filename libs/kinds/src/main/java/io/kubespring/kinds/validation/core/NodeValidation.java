package io.kubespring.kinds.validation.core;

import io.kubespring.api.json.Json;
import io.kubespring.api.names.Names;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nodes: once a node has its podCIDRs and provider id, it keeps them. */
public final class NodeValidation implements KindValidation {

    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    @Override
    public void create(Field node, Errors errors) {
        taints(node, errors);
        resources(node, errors);
        podCidrs(node.at("spec", "podCIDRs"), List.of(), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        Field before = current.at("spec");
        taints(next, errors);
        podCidrs(next.at("spec", "podCIDRs"), before.at("podCIDRs").texts(), errors);
        common(next, errors);
        if (!before.at("podCIDRs").empty() && !next.at("spec", "podCIDRs").sameAs(before.at("podCIDRs"))) {
            kept(next.at("spec", "podCIDRs"), "podCIDR", errors);
        }
        if (!before.at("providerID").empty() && !next.at("spec", "providerID").sameAs(before.at("providerID"))) {
            kept(next.at("spec", "providerID"), "providerID", errors);
        }
        if (next.at("spec", "configSource").present()) {
            NodeConfigRules.spec(next.at("spec", "configSource"), errors);
        }
        if (!next.at("spec", "externalID").sameAs(before.at("externalID"))) {
            errors.forbidden(next.at("spec", "externalID"), "may not be updated");
        }
    }

    private static void kept(Field field, String name, Errors errors) {
        errors.forbidden(field, "node updates may not change " + name + " except from \"\" to valid");
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            common(next, errors);
        }
    }

    /** What both endpoints look at. */
    private static void common(Field node, Errors errors) {
        resources(node, errors);
        Set<String> seen = new HashSet<>();
        for (Field address : node.at("status", "addresses").items()) {
            String type = address.at("type").text();
            String text = address.at("address").text();
            if (!seen.add(type + " " + text)) {
                errors.duplicate(address, Json.object().put("Type", type).put("Address", text));
            }
        }
        NodeConfigRules.status(node.at("status", "config"), errors);
    }

    private static void resources(Field node, Errors errors) {
        for (String list : List.of("capacity", "allocatable")) {
            for (Field amount : node.at("status", list).entries()) {
                // Upstream writes these as fields, not as keys of a map.
                Quantities.ofResource(node.at("status", list).at(amount.name()), errors);
            }
        }
    }

    /** Upstream looks for them below the metadata. */
    private static void taints(Field node, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field each : node.at("metadata")
                .at("taints")
                .withValue(node.at("spec", "taints").value())
                .items()) {
            errors.invalid(each.at("key"), Names.qualifiedName(each.at("key").text()));
            List<String> messages = Names.labelValue(each.at("value").text());
            if (!messages.isEmpty()) {
                errors.invalid(each.at("value"), String.join(";", messages));
            }
            if (!EFFECTS.contains(each.at("effect").text())) {
                effect(each.at("effect"), errors);
            }
            if (!seen.add(each.at("key").text() + ":" + each.at("effect").text())) {
                errors.duplicate(each, shown(each), "taints must be unique by key and effect pair");
            }
        }
    }

    private static void effect(Field effect, Errors errors) {
        if (effect.empty()) {
            errors.required(effect, "");
        } else {
            errors.notSupported(effect, EFFECTS);
        }
    }

    /** As Go shows a struct that knows no JSON names. */
    private static JsonNode shown(Field taint) {
        ObjectNode shown = Json.object()
                .put("Key", taint.at("key").text())
                .put("Value", taint.at("value").text())
                .put("Effect", taint.at("effect").text());
        Field added = taint.at("timeAdded");
        return added.present() ? shown.set("TimeAdded", added.value()) : shown.putNull("TimeAdded");
    }

    private static void podCidrs(Field cidrs, List<String> before, Errors errors) {
        List<String> all = cidrs.texts();
        cidrs.items().stream()
                .filter(each -> !before.contains(each.text()))
                .forEach(each -> Addresses.cidr(each, errors));
        if (all.size() < 2) {
            return;
        }
        if (all.size() > 2 || IpFamily.of(all.get(0)) == IpFamily.of(all.get(1))) {
            errors.invalid(cidrs, "may specify no more than one CIDR for each IP family");
        }
        Set<String> seen = new HashSet<>();
        for (Field each : cidrs.items()) {
            if (!seen.add(each.text())) {
                errors.duplicate(each);
            }
        }
    }
}
