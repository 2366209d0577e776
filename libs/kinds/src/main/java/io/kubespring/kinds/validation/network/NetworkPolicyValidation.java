package io.kubespring.kinds.validation.network;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** NetworkPolicies. Blocks of addresses that a policy had before they were checked may stay as they are (KEP-4858). */
public final class NetworkPolicyValidation implements KindValidation {

    @Override
    public void create(Field policy, Errors errors) {
        check(policy.at("spec"), Set.of(), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        Set<String> known = new HashSet<>();
        for (Field peer : peers(current.at("spec"))) {
            Field block = peer.at("ipBlock");
            known.add(block.at("cidr").text());
            known.addAll(block.at("except").texts());
        }
        check(next.at("spec"), known, errors);
    }

    /** Whom the rules are about, incoming before outgoing. */
    public static List<Field> peers(Field spec) {
        var peers = new ArrayList<Field>(0);
        spec.at("ingress").items().forEach(rule -> peers.addAll(rule.at("from").items()));
        spec.at("egress").items().forEach(rule -> peers.addAll(rule.at("to").items()));
        return peers;
    }

    private static void check(Field spec, Set<String> known, Errors errors) {
        LabelValidation.selector(spec.at("podSelector"), errors);
        for (Field rule : spec.at("ingress").items()) {
            rule.at("ports").items().forEach(each -> port(each, errors));
            rule.at("from").items().forEach(each -> peer(each, known, errors));
        }
        for (Field rule : spec.at("egress").items()) {
            rule.at("ports").items().forEach(each -> port(each, errors));
            rule.at("to").items().forEach(each -> peer(each, known, errors));
        }
        List<Field> types = spec.at("policyTypes").items();
        if (types.size() > 2) {
            errors.invalid(spec.at("policyTypes"), "may not specify more than two policyTypes");
            return;
        }
        for (Field type : types) {
            if (!type.isText("Ingress") && !type.isText("Egress")) {
                errors.notSupportedOf(type, "Ingress", "Egress");
            }
        }
    }

    private static void port(Field port, Errors errors) {
        Field protocol = port.at("protocol");
        if (protocol.present() && !List.of("TCP", "UDP", "SCTP").contains(protocol.text())) {
            errors.notSupportedOf(protocol, "TCP", "UDP", "SCTP");
        }
        Field first = port.at("port");
        Field last = port.at("endPort");
        if (first.value().isString()) {
            if (last.present()) {
                errors.invalid(last, "may not be specified when `port` is non-numeric");
            }
            Numbers.portOrName(first, errors);
            return;
        }
        if (first.present()) {
            Numbers.portOrName(first, errors);
        }
        if (last.absent()) {
            return;
        }
        if (first.absent()) {
            errors.invalid(last, "may not be specified when `port` is not specified");
            return;
        }
        if (last.number() < first.number()) {
            errors.invalid(last, first.value(), "must be greater than or equal to `port`");
        }
        Numbers.port(last, errors);
    }

    private static void peer(Field peer, Set<String> known, Errors errors) {
        boolean selects = false;
        for (String each : List.of("podSelector", "namespaceSelector")) {
            if (peer.at(each).present()) {
                selects = true;
                LabelValidation.selector(peer.at(each), errors);
            }
        }
        Field block = peer.at("ipBlock");
        if (block.present()) {
            block(block, known, errors);
            if (selects) {
                errors.forbidden(peer, "may not specify both ipBlock and another peer");
            }
        } else if (!selects) {
            errors.required(peer, "must specify a peer");
        }
    }

    private static void block(Field block, Set<String> known, Errors errors) {
        Field cidr = block.at("cidr");
        if (cidr.empty()) {
            errors.required(cidr, "");
            return;
        }
        if (!known.contains(cidr.text())) {
            Addresses.cidr(cidr, errors);
        }
        if (!Addresses.isCidr(cidr.text())) {
            return;
        }
        for (Field except : block.at("except").items()) {
            if (except.empty() || !known.contains(except.text())) {
                Addresses.cidr(except, errors);
            }
            if (Addresses.isCidr(except.text()) && !Addresses.isStrictSubset(except.text(), cidr.text())) {
                errors.invalid(except, "must be a strict subset of `cidr`");
            }
        }
    }
}
