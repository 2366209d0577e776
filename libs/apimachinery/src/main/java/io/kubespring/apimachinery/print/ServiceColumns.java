package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.NONE;
import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Services and the addresses behind them. */
final class ServiceColumns {

    private ServiceColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "",
                "Service",
                Column.objectName(),
                Column.field("Type", "How the service is reached", "spec", "type"),
                Column.text("Cluster-IP", "Address inside the cluster", ServiceColumns::clusterAddress),
                Column.text("External-IP", "Addresses outside the cluster", ServiceColumns::externalAddresses),
                Column.text("Port(s)", "Ports, with the nodes' ports behind colons", ServiceColumns::ports),
                Column.age(),
                Column.text("Selector", "Labels of the pods behind it", it -> Fields.labels(at(it, "spec", "selector")))
                        .wide());
        registry.put(
                "",
                "Endpoints",
                Column.objectName(),
                Column.text("Endpoints", "Ready addresses with ports", ServiceColumns::endpoints),
                Column.age());
        registry.put(
                "discovery.k8s.io",
                "EndpointSlice",
                Column.objectName(),
                Column.field("AddressType", "Kind of the addresses", "addressType"),
                Column.text("Ports", "Ports of every endpoint", ServiceColumns::slicePorts),
                Column.text("Endpoints", "Addresses", ServiceColumns::sliceEndpoints),
                Column.age());
    }

    private static String clusterAddress(ObjectNode service) {
        return textOr(
                textOr(NONE, service, "spec", "clusterIP"),
                at(service, "spec", "clusterIPs").path(0));
    }

    private static String externalAddresses(ObjectNode service) {
        List<String> external = Fields.texts(at(service, "spec", "externalIPs"));
        return switch (text(service, "spec", "type")) {
            case "ExternalName" -> text(service, "spec", "externalName");
            case "LoadBalancer" -> {
                List<String> all = new ArrayList<>(balancers(service));
                all.addAll(external);
                yield all.isEmpty() ? "<pending>" : String.join(",", all);
            }
            case "ClusterIP", "NodePort" -> external.isEmpty() ? NONE : String.join(",", external);
            default -> "<unknown>";
        };
    }

    /** What a load balancer answers at: addresses, or else host names. */
    static List<String> balancers(JsonNode object) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : at(object, "status", "loadBalancer", "ingress")) {
            String address = textOr(text(each, "hostname"), each, "ip");
            if (!address.isEmpty() && !found.contains(address)) {
                found.add(address);
            }
        }
        return found;
    }

    private static String ports(ObjectNode service) {
        JsonNode ports = at(service, "spec", "ports");
        return ports.isEmpty()
                ? NONE
                : ports.valueStream().map(ServiceColumns::port).collect(Collectors.joining(","));
    }

    private static String port(JsonNode port) {
        long nodePort = number(port, "nodePort");
        return number(port, "port") + (nodePort > 0 ? ":" + nodePort : "") + "/" + text(port, "protocol");
    }

    private static String endpoints(ObjectNode endpoints) {
        JsonNode subsets = at(endpoints, "subsets");
        if (subsets.isEmpty()) {
            return NONE;
        }
        List<String> all = new ArrayList<>();
        for (JsonNode subset : subsets) {
            JsonNode ports = at(subset, "ports");
            for (JsonNode address : at(subset, "addresses")) {
                if (ports.isEmpty()) {
                    all.add(text(address, "ip"));
                }
            }
            for (JsonNode port : ports) {
                for (JsonNode address : at(subset, "addresses")) {
                    all.add(hostPort(text(address, "ip"), number(port, "port")));
                }
            }
        }
        return Fields.firstThree(all);
    }

    private static String hostPort(String address, long port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    private static String slicePorts(ObjectNode slice) {
        List<String> ports = new ArrayList<>();
        for (JsonNode each : at(slice, "ports")) {
            ports.add(at(each, "port").isNumber() ? Long.toString(number(each, "port")) : textOr("*", each, "name"));
        }
        return ports.isEmpty() ? Fields.UNSET : Fields.firstThree(ports);
    }

    private static String sliceEndpoints(ObjectNode slice) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode each : at(slice, "endpoints")) {
            addresses.addAll(Fields.texts(at(each, "addresses")));
        }
        return addresses.isEmpty() ? Fields.UNSET : Fields.firstThree(addresses);
    }
}
