package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.NONE;
import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** networking.k8s.io. */
final class NetworkColumns {

    private static final String GROUP = "networking.k8s.io";
    private static final String DEFAULT_ANNOTATION = "ingressclass.kubernetes.io/is-default-class";

    private static final int SHOWN_HOSTS = 3;

    private NetworkColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                GROUP,
                "Ingress",
                Column.objectName(),
                Column.text("Class", "Which controller is meant", it -> textOr(NONE, it, "spec", "ingressClassName")),
                Column.text("Hosts", "Host names of the rules", NetworkColumns::hosts),
                Column.text("Address", "Where it is reached", it -> String.join(",", ServiceColumns.balancers(it))),
                Column.text(
                        "Ports",
                        "Ports that are open",
                        it -> at(it, "spec", "tls").isEmpty() ? "80" : "80, 443"),
                Column.age());
        registry.put(
                GROUP,
                "IngressClass",
                Column.objectName(NetworkColumns::className),
                Column.field("Controller", "Which controller serves the class", "spec", "controller"),
                Column.text("Parameters", "Object with further settings", NetworkColumns::parameters),
                Column.age());
        registry.put(
                GROUP,
                "NetworkPolicy",
                Column.objectName(),
                Column.text(
                        "Pod-Selector",
                        "Labels of the pods it is about",
                        it -> Templates.selector(at(it, "spec", "podSelector"))),
                Column.age());
        registry.put(
                GROUP,
                "IPAddress",
                Column.objectName(),
                Column.text("ParentRef", "What holds the address", NetworkColumns::parent));
        registry.put(
                GROUP,
                "ServiceCIDR",
                Column.objectName(),
                Column.text(
                        "CIDRs",
                        "Ranges that addresses are taken from",
                        it -> String.join(",", Fields.texts(at(it, "spec", "cidrs")))),
                Column.age());
    }

    /** The first three; what is left is counted in rules, with or without a host. */
    private static String hosts(ObjectNode ingress) {
        JsonNode rules = at(ingress, "spec", "rules");
        List<String> hosts = new ArrayList<>();
        boolean more = false;
        for (JsonNode each : rules) {
            more |= hosts.size() == SHOWN_HOSTS;
            String host = text(each, "host");
            if (!more && !host.isEmpty()) {
                hosts.add(host);
            }
        }
        String shown = String.join(",", hosts);
        return hosts.isEmpty() ? "*" : more ? shown + " + " + (rules.size() - SHOWN_HOSTS) + " more..." : shown;
    }

    private static String className(ObjectNode ingressClass) {
        String name = text(ingressClass, "metadata", "name");
        return text(ingressClass, "metadata", "annotations", DEFAULT_ANNOTATION).equals("true")
                ? name + " (default)"
                : name;
    }

    private static String parameters(ObjectNode ingressClass) {
        JsonNode parameters = at(ingressClass, "spec", "parameters");
        if (!parameters.isObject()) {
            return NONE;
        }
        String group = text(parameters, "apiGroup");
        return text(parameters, "kind") + (group.isEmpty() ? "" : "." + group) + "/" + text(parameters, "name");
    }

    private static String parent(ObjectNode address) {
        JsonNode parent = at(address, "spec", "parentRef");
        String group = text(parent, "group");
        String namespace = text(parent, "namespace");
        return text(parent, "resource")
                + (group.isEmpty() ? "" : "." + group)
                + (namespace.isEmpty() ? "" : "/" + namespace)
                + "/"
                + text(parent, "name");
    }
}
