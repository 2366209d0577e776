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

    private static final List<String> LISTS = List.of("addresses", "notReadyAddresses");

    @Override
    public void create(Field endpoints, Errors errors) {
        check(endpoints, List.of(), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        check(next, addresses(current), errors);
    }

    private static List<String> addresses(Field endpoints) {
        return endpoints.at("subsets").items().stream()
                .flatMap(subset -> LISTS.stream().flatMap(each -> subset.at(each).items().stream()))
                .map(each -> each.at("ip").text())
                .toList();
    }

    /** @param before the addresses that are there already */
    private static void check(Field endpoints, List<String> before, Errors errors) {
        for (Field subset : endpoints.at("subsets").items()) {
            if (LISTS.stream().allMatch(each -> subset.at(each).empty())) {
                errors.required(subset, "must specify `addresses` or `notReadyAddresses`");
            }
            for (String list : LISTS) {
                subset.at(list).items().forEach(each -> address(each, before, errors));
            }
            boolean several = subset.at("ports").items().size() > 1;
            for (Field port : subset.at("ports").items()) {
                port(port, several, errors);
            }
        }
    }

    private static void address(Field address, List<String> before, Errors errors) {
        Addresses.ip(address.at("ip"), before, errors);
        if (!address.at("hostname").empty()) {
            errors.invalid(
                    address.at("hostname"),
                    Names.dnsLabel(address.at("hostname").text()));
        }
        if (address.at("nodeName").present()) {
            errors.invalid(
                    address.at("nodeName"),
                    Names.dnsSubdomain(address.at("nodeName").text()));
        }
        Addresses.endpoint(address.at("ip"), errors);
    }

    private static void port(Field port, boolean named, Errors errors) {
        if (!port.at("name").empty()) {
            errors.invalid(port.at("name"), Names.dnsLabel(port.at("name").text()));
        } else if (named) {
            errors.required(port.at("name"), "");
        }
        Numbers.port(port.at("port"), errors);
        errors.requireOneOf(port.at("protocol"), List.of("SCTP", "TCP", "UDP"));
        ServicePortRules.appProtocol(port, errors);
    }
}
