package io.kubespring.kinds.warnings;

import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.network.IngressValidation;
import io.kubespring.kinds.validation.network.NetworkPolicyValidation;
import java.util.ArrayList;
import java.util.Arrays;
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
            cidr(peer.at("ipBlock", "cidr"), warnings);
            peer.at("ipBlock", "except").items().forEach(each -> cidr(each, warnings));
        }
        return warnings;
    }

    private static void cidr(Field block, List<String> warnings) {
        String text = block.text();
        if (!Addresses.isCidr(text)) {
            return;
        }
        String canonical = Addresses.canonical(text);
        int slash = text.indexOf('/');
        byte[] given = IpFamily.parse(text.substring(0, slash));
        byte[] first = IpFamily.parse(canonical.substring(0, canonical.indexOf('/')));
        if (!Arrays.equals(given, first)) {
            warnings.add(block.path() + ": CIDR value \"" + text + "\" is ambiguous in this context (should be \""
                    + canonical + "\" or \"" + text.substring(0, slash) + "/" + given.length * 8 + "\"?)");
        } else if (text.contains(":") && !text.equals(canonical)) {
            warnings.add(block.path() + ": IPv6 CIDR value \"" + text + "\" should be in RFC 5952 canonical format (\""
                    + canonical + "\")");
        }
    }
}
