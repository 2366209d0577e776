package io.kubespring.kinds.validation.service;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** Endpoints. */
public final class EndpointsValidation implements KindValidation {

    @Override
    public void create(Field endpoints, Errors errors) {
        for (Field subset : endpoints.at("subsets").items()) {
            if (subset.at("addresses").empty() && subset.at("notReadyAddresses").empty()) {
                errors.required(subset, "must specify `addresses` or `notReadyAddresses`");
            }
            for (String list : List.of("addresses", "notReadyAddresses")) {
                subset.at(list).items().forEach(each -> address(each, errors));
            }
            boolean several = subset.at("ports").items().size() > 1;
            for (Field port : subset.at("ports").items()) {
                port(port, several, errors);
            }
        }
    }

    private static void address(Field address, Errors errors) {
        Addresses.endpoint(address.at("ip"), errors);
        if (!address.at("hostname").empty()) {
            errors.invalid(
                    address.at("hostname"),
                    Names.dnsLabel(address.at("hostname").text()));
        }
        if (!address.at("nodeName").empty()) {
            errors.invalid(
                    address.at("nodeName"),
                    Names.dnsSubdomain(address.at("nodeName").text()));
        }
    }

    private static void port(Field port, boolean named, Errors errors) {
        if (!port.at("name").empty()) {
            errors.invalid(port.at("name"), Names.dnsLabel(port.at("name").text()));
        } else if (named) {
            errors.required(port.at("name"), "");
        }
        Numbers.port(port.at("port"), errors);
        errors.requireOneOf(port.at("protocol"), List.of("SCTP", "TCP", "UDP"));
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
