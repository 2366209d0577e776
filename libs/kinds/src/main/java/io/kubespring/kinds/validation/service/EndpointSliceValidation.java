package io.kubespring.kinds.validation.service;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** EndpointSlices: addresses of one family, which stays what it is. */
public final class EndpointSliceValidation implements KindValidation {

    private static final int MAX_ENDPOINTS = 1000;
    private static final int MAX_PORTS = 20_000;
    private static final int MAX_ADDRESSES = 100;

    @Override
    public void create(Field slice, Errors errors) {
        Field type = slice.at("addressType");
        errors.requireOneOf(type, List.of("FQDN", "IPv4", "IPv6"));
        Field endpoints = slice.at("endpoints");
        List<Field> all = endpoints.items();
        if (all.size() > MAX_ENDPOINTS) {
            errors.tooMany(endpoints, all.size(), MAX_ENDPOINTS);
            return;
        }
        all.forEach(each -> endpoint(each, type.text(), errors));
        ports(slice.at("ports"), errors);
    }

    private static void endpoint(Field endpoint, String type, Errors errors) {
        Field addresses = endpoint.at("addresses");
        List<Field> all = addresses.items();
        if (all.isEmpty()) {
            errors.required(addresses, "must contain at least 1 address");
        } else if (all.size() > MAX_ADDRESSES) {
            errors.tooMany(addresses, all.size(), MAX_ADDRESSES);
        }
        for (Field address : all) {
            address(address, type, errors);
        }
        if (endpoint.at("nodeName").present()) {
            errors.invalid(
                    endpoint.at("nodeName"),
                    Names.dnsSubdomain(endpoint.at("nodeName").text()));
        }
        if (endpoint.at("hostname").present()) {
            errors.invalid(
                    endpoint.at("hostname"),
                    Names.dnsLabel(endpoint.at("hostname").text()));
        }
    }

    private static void address(Field address, String type, Errors errors) {
        if (type.equals("FQDN")) {
            errors.invalid(address, Names.dnsSubdomain(address.text()));
            return;
        }
        boolean fits = IpFamily.isAddress(address.text())
                && IpFamily.of(address.text()).text().equals(type);
        if (!fits && (type.equals("IPv4") || type.equals("IPv6"))) {
            errors.invalid(address, "must be a valid " + type + " address");
        } else if (fits) {
            Addresses.endpoint(address, errors);
        }
    }

    private static void ports(Field ports, Errors errors) {
        List<Field> all = ports.items();
        if (all.size() > MAX_PORTS) {
            errors.tooMany(ports, all.size(), MAX_PORTS);
            return;
        }
        Set<String> names = new HashSet<>();
        for (Field port : all) {
            Field name = port.at("name");
            if (!name.empty()) {
                errors.invalid(name, Names.dnsLabel(name.text()));
            }
            if (!names.add(name.text())) {
                errors.duplicate(name, name.text());
            }
            errors.requireOneOf(port.at("protocol"), List.of("SCTP", "TCP", "UDP"));
            if (port.at("appProtocol").present()) {
                errors.invalid(
                        port.at("appProtocol"),
                        Names.qualifiedName(port.at("appProtocol").text()));
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        errors.immutable(next.at("addressType"), current.at("addressType"));
    }
}
