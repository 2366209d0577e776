package io.kubespring.kinds.warnings;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.network.IngressValidation;
import io.kubespring.kinds.validation.network.NetworkPolicyValidation;
import java.util.ArrayList;
import java.util.List;

/** What upstream warns of in the networking.k8s.io group. */
public final class NetworkWarnings {

    private NetworkWarnings() {}

    /** Of a new Ingress. */
    public static List<String> ingress(Field ingress) {
        boolean old = IngressValidation.annotation(ingress).present()
                && ingress.at("spec", "ingressClassName").absent();
        return old
                ? List.of("annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName'"
                        + " instead")
                : List.of();
    }

    /** Blocks that are kept from before they were checked, or not spelled as RFC 5952 says. */
    public static List<String> networkPolicy(Field policy) {
        List<String> warnings = new ArrayList<>(0);
        for (Field peer : NetworkPolicyValidation.peers(policy.at("spec"))) {
            AddressWarnings.cidr(peer.at("ipBlock", "cidr"), warnings);
            peer.at("ipBlock", "except").items().forEach(each -> AddressWarnings.cidr(each, warnings));
        }
        return warnings;
    }
}
