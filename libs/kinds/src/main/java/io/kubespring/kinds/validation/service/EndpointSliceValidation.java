package io.kubespring.kinds.validation.service;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** EndpointSlices: addresses of one family, which stays what it is. */
public final class EndpointSliceValidation implements KindValidation {

    private static final int MAX_ENDPOINTS = 1000;
    private static final int MAX_PORTS = 20_000;
    private static final int MAX_ADDRESSES = 100;
    private static final int MAX_LABELS = 16;
    private static final int MAX_HINTS = 8;

    @Override
    public void create(Field slice, Errors errors) {
        check(slice, Set.of(), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        Set<String> before = new HashSet<>();
        current.at("endpoints")
                .items()
                .forEach(each -> before.addAll(each.at("addresses").texts()));
        check(next, before, errors);
        errors.immutable(next.at("addressType"), current.at("addressType"));
    }

    /** @param before the addresses that are there already */
    private static void check(Field slice, Set<String> before, Errors errors) {
        Field type = slice.at("addressType");
        errors.requireOneOf(type, List.of("FQDN", "IPv4", "IPv6"));
        Field endpoints = slice.at("endpoints");
        List<Field> all = endpoints.items();
        if (all.size() > MAX_ENDPOINTS) {
            errors.tooMany(endpoints, all.size(), MAX_ENDPOINTS);
        } else {
            all.forEach(each -> endpoint(each, type.text(), before, errors));
        }
        ports(slice.at("ports"), errors);
    }

    private static void endpoint(Field endpoint, String type, Set<String> before, Errors errors) {
        Field addresses = endpoint.at("addresses");
        List<Field> all = addresses.items();
        if (all.isEmpty()) {
            errors.required(addresses, "must contain at least 1 address");
        } else if (all.size() > MAX_ADDRESSES) {
            errors.tooMany(addresses, all.size(), MAX_ADDRESSES);
        }
        for (Field address : all) {
            switch (type) {
                case "FQDN" -> domain(address, errors);
                case "IPv4", "IPv6" -> address(addresses, address, type, before, errors);
                default -> {}
            }
        }
        Field node = endpoint.at("nodeName");
        if (node.present()) {
            errors.invalid(node, Names.dnsSubdomain(node.text()));
        }
        Field topology = endpoint.at("deprecatedTopology");
        if (topology.entries().size() > MAX_LABELS) {
            errors.tooMany(topology, topology.entries().size(), MAX_LABELS);
        }
        LabelValidation.labels(topology, errors);
        if (endpoint.at("hostname").present()) {
            errors.invalid(
                    endpoint.at("hostname"),
                    Names.dnsLabel(endpoint.at("hostname").text()));
        }
        hints(endpoint.at("hints", "forZones"), Names::labelValue, errors);
        hints(endpoint.at("hints", "forNodes"), Names::dnsSubdomain, errors);
    }

    private static void address(Field addresses, Field address, String type, Set<String> before, Errors errors) {
        int found = errors.list().size();
        if (!before.contains(address.text())) {
            Addresses.ip(address, errors);
        }
        if (errors.list().size() > found) {
            return;
        }
        if (!IpFamily.of(address.text()).text().equals(type)) {
            errors.invalid(addresses, address.text(), "must be an " + type + " address");
        }
        Addresses.endpoint(address, errors);
    }

    private static void domain(Field domain, Errors errors) {
        if (domain.empty()) {
            errors.required(domain, "");
            return;
        }
        String name = domain.text().endsWith(".")
                ? domain.text().substring(0, domain.text().length() - 1)
                : domain.text();
        List<String> messages = Names.dnsSubdomain(name);
        messages.forEach(each -> errors.invalid(domain, name, each));
        if (messages.isEmpty() && !name.contains(".")) {
            errors.invalid(domain, name, "should be a domain with at least two segments separated by dots");
        }
    }

    private static void hints(Field hints, Function<String, List<String>> rule, Errors errors) {
        List<Field> all = hints.items();
        if (all.size() > MAX_HINTS) {
            errors.tooMany(hints, all.size(), MAX_HINTS);
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Field hint : all) {
            Field name = hint.at("name");
            if (!seen.add(name.text())) {
                errors.duplicate(name, name.text());
            }
            errors.invalid(name, rule.apply(name.text()));
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
            ServicePortRules.appProtocol(port, errors);
        }
    }
}
