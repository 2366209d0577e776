package io.kubespring.kubelet.environment;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables by which containers find Services without DNS ("Connecting Applications with Services"). */
final class ServiceVariables {

    private static final String MASTER_SERVICE = "kubernetes";

    private ServiceVariables() {}

    /**
     * @param services of all namespaces
     * @param all whether every Service of the namespace counts ({@code enableServiceLinks}), or only the API server's
     */
    static Map<String, String> of(Collection<Service> services, String namespace, boolean all) {
        var variables = new LinkedHashMap<String, String>();
        services.stream()
                .filter(ServiceVariables::hasAddress)
                .filter(service -> isMaster(service)
                        || all && namespace.equals(service.getMetadata().getNamespace()))
                .sorted((one, other) -> one.getMetadata()
                        .getName()
                        .compareTo(other.getMetadata().getName()))
                .forEach(service -> add(service, variables));
        return variables;
    }

    private static boolean isMaster(Service service) {
        return MASTER_SERVICE.equals(service.getMetadata().getName())
                && "default".equals(service.getMetadata().getNamespace());
    }

    private static boolean hasAddress(Service service) {
        String address = service.getSpec().getClusterIP();
        return address != null && !address.isEmpty() && !address.equals("None");
    }

    private static void add(Service service, Map<String, String> variables) {
        List<ServicePort> ports = service.getSpec().getPorts();
        if (ports == null || ports.isEmpty()) {
            return;
        }
        String prefix = constant(service.getMetadata().getName());
        String address = service.getSpec().getClusterIP();
        String bracketed = address.contains(":") ? "[" + address + "]" : address;
        variables.put(prefix + "_SERVICE_HOST", address);
        variables.put(prefix + "_SERVICE_PORT", ports.getFirst().getPort().toString());
        for (ServicePort port : ports) {
            if (port.getName() != null && !port.getName().isEmpty()) {
                variables.put(
                        prefix + "_SERVICE_PORT_" + constant(port.getName()),
                        port.getPort().toString());
            }
        }
        for (ServicePort port : ports) {
            String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
            String url = protocol.toLowerCase(Locale.ROOT) + "://" + bracketed + ":" + port.getPort();
            if (port == ports.getFirst()) {
                variables.put(prefix + "_PORT", url);
            }
            String one = prefix + "_PORT_" + port.getPort() + "_" + protocol.toUpperCase(Locale.ROOT);
            variables.put(one, url);
            variables.put(one + "_PROTO", protocol.toLowerCase(Locale.ROOT));
            variables.put(one + "_PORT", port.getPort().toString());
            variables.put(one + "_ADDR", address);
        }
    }

    private static String constant(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
