package io.kubespring.kinds.validation.network;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** NetworkPolicies. */
public final class NetworkPolicyValidation implements KindValidation {

    @Override
    public void create(Field policy, Errors errors) {
        Field spec = policy.at("spec");
        LabelValidation.selector(spec.at("podSelector"), errors);
        for (Field rule : spec.at("ingress").items()) {
            ports(rule.at("ports"), errors);
            rule.at("from").items().forEach(each -> peer(each, errors));
        }
        for (Field rule : spec.at("egress").items()) {
            ports(rule.at("ports"), errors);
            rule.at("to").items().forEach(each -> peer(each, errors));
        }
        List<Field> types = spec.at("policyTypes").items();
        if (types.size() > 2) {
            errors.invalid(spec.at("policyTypes"), "may not specify more than two policyTypes");
            return;
        }
        types.forEach(each -> errors.oneOf(each, List.of("Egress", "Ingress")));
    }

    private static void ports(Field ports, Errors errors) {
        for (Field port : ports.items()) {
            if (port.at("protocol").present()) {
                errors.oneOf(port.at("protocol"), List.of("SCTP", "TCP", "UDP"));
            }
            Field first = port.at("port");
            Field last = port.at("endPort");
            if (first.present()) {
                Numbers.portOrName(first, errors);
            }
            if (last.present()) {
                if (first.absent()) {
                    errors.required(first, "must be specified if `endPort` is specified");
                } else if (first.value().isString()) {
                    errors.invalid(last, "may not be specified when `port` is non-numeric");
                } else if (last.number() < first.number()) {
                    errors.invalid(last, "must be greater than or equal to `port`");
                }
                Numbers.port(last, errors);
            }
        }
    }

    private static void peer(Field peer, Errors errors) {
        boolean selects = false;
        for (String each : List.of("podSelector", "namespaceSelector")) {
            if (peer.at(each).present()) {
                selects = true;
                LabelValidation.selector(peer.at(each), errors);
            }
        }
        Field block = peer.at("ipBlock");
        if (block.present()) {
            if (block.at("cidr").empty()) {
                errors.required(block.at("cidr"), "");
            } else {
                Addresses.cidr(block.at("cidr"), errors);
            }
            block.at("except").items().forEach(each -> Addresses.cidr(each, errors));
            if (selects) {
                errors.forbidden(peer, "may not specify both ipBlock and another peer");
            }
        } else if (!selects) {
            errors.required(peer, "must specify a peer");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
