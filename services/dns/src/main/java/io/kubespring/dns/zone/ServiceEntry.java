package io.kubespring.dns.zone;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything one Service contributes to the zone, computed when it or its slices change, so that a query only looks up.
 *
 * @param domain "web.default.svc.cluster.local."
 * @param externalName target of an ExternalName service, else null
 * @param clusterIps addresses of the service itself; empty for a headless one
 * @param ports of the service ("_http._tcp" → port), used unless headless
 * @param endpoints of a headless service
 */
record ServiceEntry(
        String domain,
        @Nullable String externalName,
        List<byte[]> clusterIps,
        Map<String, Integer> ports,
        List<HeadlessEndpoint> endpoints) {

    /**
     * One address behind a headless service.
     *
     * @param host the endpoint's hostname, or its address with dashes
     */
    record HeadlessEndpoint(String host, byte[] address, Map<String, Integer> ports) {}

    static ServiceEntry of(Service service, Collection<EndpointSlice> slices, String zone) {
        var spec = service.getSpec();
        String domain =
                service.getMetadata().getName() + "." + service.getMetadata().getNamespace() + ".svc." + zone;
        if ("ExternalName".equals(spec.getType())) {
            String target = spec.getExternalName();
            return new ServiceEntry(
                    domain, target.endsWith(".") ? target : target + ".", List.of(), Map.of(), List.of());
        }
        if ("None".equals(spec.getClusterIP())) {
            return new ServiceEntry(domain, null, List.of(), Map.of(), headless(slices));
        }
        List<byte[]> addresses = spec.getClusterIPs().stream()
                .map(Addresses::parse)
                .filter(Objects::nonNull)
                .toList();
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (ServicePort each : spec.getPorts()) {
            ports.put(label(each.getName(), each.getProtocol()), each.getPort());
        }
        return new ServiceEntry(domain, null, addresses, ports, List.of());
    }

    private static List<HeadlessEndpoint> headless(Collection<EndpointSlice> slices) {
        List<HeadlessEndpoint> result = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            Map<String, Integer> ports = new LinkedHashMap<>();
            for (EndpointPort each : slice.getPorts()) {
                if (each.getPort() != null) {
                    ports.put(label(each.getName(), each.getProtocol()), each.getPort());
                }
            }
            for (Endpoint endpoint : slice.getEndpoints()) {
                if (!ready(endpoint)) {
                    continue;
                }
                for (String text : endpoint.getAddresses()) {
                    byte[] address = Addresses.parse(text);
                    if (address != null) {
                        String host = endpoint.getHostname();
                        result.add(new HeadlessEndpoint(
                                host == null || host.isEmpty() ? Addresses.dashed(text) : host, address, ports));
                    }
                }
            }
        }
        return result;
    }

    /** Unknown counts as ready, as the EndpointSlice API says. */
    private static boolean ready(Endpoint endpoint) {
        return endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }

    private static String label(@Nullable String name, @Nullable String protocol) {
        return "_" + (name == null ? "" : name) + "._"
                + (protocol == null ? "tcp" : protocol.toLowerCase(java.util.Locale.ROOT));
    }
}
