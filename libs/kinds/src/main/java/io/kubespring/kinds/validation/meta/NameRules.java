package io.kubespring.kinds.validation.meta;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.names.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Which syntax the name of an object of each kind follows: a DNS subdomain, with few exceptions. */
final class NameRules {

    private static final Set<String> FREE_GROUPS =
            Set.of("rbac.authorization.k8s.io", "certificates.k8s.io", "apiregistration.k8s.io");

    private static final Map<String, Function<String, List<String>>> CORE =
            Map.of("Service", Names::dnsLabel, "Namespace", Names::dnsLabel);

    private NameRules() {}

    static List<String> check(GroupVersionKind kind, String name) {
        return rule(kind).apply(name);
    }

    /** The prefix may end in a dash, because something follows it. */
    static List<String> checkPrefix(GroupVersionKind kind, String prefix) {
        return check(
                kind,
                prefix.length() > 1 && prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 2) + "a" : prefix);
    }

    private static Function<String, List<String>> rule(GroupVersionKind kind) {
        if (FREE_GROUPS.contains(kind.group())) {
            return Names::pathSegment;
        }
        if (kind.group().isEmpty()) {
            return CORE.getOrDefault(kind.kind(), Names::dnsSubdomain);
        }
        // Its Pods are named after it, and their names are labels of DNS.
        if (kind.kind().equals("StatefulSet")) {
            return Names::dnsLabel;
        }
        // An address contains colons; its own validation checks that it is canonical.
        if (kind.kind().equals("IPAddress")) {
            return Names::pathSegment;
        }
        return Names::dnsSubdomain;
    }
}
