package io.kubespring.kinds.validation.network;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.GoShown;
import io.kubespring.kinds.validation.meta.KindValidation;

/** IPAddresses (KEP 1880): named by the canonical address, and given to one object for good. */
public final class IpAddressValidation implements KindValidation {

    @Override
    public void create(Field address, Errors errors) {
        if (!address.at("metadata", "name").empty()) {
            Addresses.canonicalIp(address.at("metadata", "name"), errors);
        }
        Field parent = address.at("spec", "parentRef");
        if (parent.absent()) {
            errors.required(parent, "");
            return;
        }
        if (!parent.at("group").empty()) {
            errors.invalid(
                    parent.at("group"), Names.dnsSubdomain(parent.at("group").text()));
        }
        segment(parent.at("resource"), true, errors);
        segment(parent.at("name"), true, errors);
        segment(parent.at("namespace"), false, errors);
    }

    private static void segment(Field field, boolean required, Errors errors) {
        if (!field.empty()) {
            errors.invalid(field, Names.pathSegment(field.text()));
        } else if (required) {
            errors.required(field, "");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        Field parent = next.at("spec", "parentRef");
        if (!parent.sameAs(current.at("spec", "parentRef"))) {
            errors.invalid(
                    parent,
                    parent.absent()
                            ? null
                            : GoShown.texts(
                                    parent,
                                    "Group",
                                    "group",
                                    "Resource",
                                    "resource",
                                    "Namespace",
                                    "namespace",
                                    "Name",
                                    "name"),
                    "field is immutable");
        }
    }
}
