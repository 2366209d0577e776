package io.kubespring.proxy.model;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Services joined with their slices, port by port. Remembers which services changed since it was last asked, so that a
 * change costs what it touches and not what there is.
 */
public final class ServiceMap {

    private static final String LOCAL = "Local";
    private static final String HEADLESS = "None";
    private static final String OTHER_PROXY = "service.kubernetes.io/service-proxy-name";

    private final String node;
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Map<String, EndpointSlice>> slices = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    /** @param node whose backends are local */
    public ServiceMap(String node) {
        this.node = node;
    }

    public synchronized void put(Service service) {
        String key =
                key(service.getMetadata().getNamespace(), service.getMetadata().getName());
        services.put(key, service);
        changed.add(key);
    }

    public synchronized void remove(Service service) {
        String key =
                key(service.getMetadata().getNamespace(), service.getMetadata().getName());
        services.remove(key);
        changed.add(key);
    }

    public synchronized void put(EndpointSlice slice) {
        String key = owner(slice);
        if (key != null && "IPv4".equals(slice.getAddressType())) {
            slices.computeIfAbsent(key, any -> new HashMap<>())
                    .put(slice.getMetadata().getName(), slice);
            changed.add(key);
        }
    }

    public synchronized void remove(EndpointSlice slice) {
        String key = owner(slice);
        Map<String, EndpointSlice> siblings = key == null ? null : slices.get(key);
        if (key != null && siblings != null) {
            siblings.remove(slice.getMetadata().getName());
            if (siblings.isEmpty()) {
                slices.remove(key);
            }
            changed.add(key);
        }
    }

    /** Ports of every service that changed since the last call, by service; an empty list for one that is gone. */
    public synchronized Map<String, List<ServicePort>> takeChanges() {
        Map<String, List<ServicePort>> result = new HashMap<>();
        for (String key : changed) {
            Service service = services.get(key);
            result.put(key, service == null ? List.of() : ports(key, service));
        }
        changed.clear();
        return result;
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    private static @Nullable String owner(EndpointSlice slice) {
        Map<String, String> labels = slice.getMetadata().getLabels();
        String service = labels == null ? null : labels.get("kubernetes.io/service-name");
        return service == null ? null : key(slice.getMetadata().getNamespace(), service);
    }

    private List<ServicePort> ports(String key, Service service) {
        ServiceSpec spec = service.getSpec();
        String clusterIp = spec.getClusterIP();
        Map<String, String> labels = service.getMetadata().getLabels();
        if (clusterIp == null
                || clusterIp.isEmpty()
                || clusterIp.equals(HEADLESS)
                || clusterIp.indexOf(':') >= 0
                || "ExternalName".equals(spec.getType())
                || labels != null && labels.containsKey(OTHER_PROXY)) {
            return List.of();
        }
        Collection<EndpointSlice> own = slices.getOrDefault(key, Map.of()).values();
        List<String> externalIps = ipv4(spec.getExternalIPs());
        List<String> balancerIps = balancerIps(service);
        List<String> sourceRanges = isBalanced(service) ? ipv4(spec.getLoadBalancerSourceRanges()) : List.of();
        List<ServicePort> result = new ArrayList<>();
        for (var each : spec.getPorts()) {
            String name = each.getName() == null || each.getName().isEmpty() ? key : key + ":" + each.getName();
            result.add(new ServicePort(
                    name,
                    each.getProtocol() == null ? "tcp" : each.getProtocol().toLowerCase(Locale.ROOT),
                    clusterIp,
                    each.getPort(),
                    Objects.requireNonNullElse(each.getNodePort(), 0),
                    externalIps,
                    balancerIps,
                    sourceRanges,
                    healthPort(service),
                    affinity(spec),
                    LOCAL.equals(spec.getInternalTrafficPolicy()),
                    LOCAL.equals(spec.getExternalTrafficPolicy()),
                    backends(own, Objects.requireNonNullElse(each.getName(), ""))));
        }
        return result;
    }

    private static List<String> balancerIps(Service service) {
        Set<String> ips = new TreeSet<>();
        if (isBalanced(service)
                && service.getStatus() != null
                && service.getStatus().getLoadBalancer() != null) {
            for (LoadBalancerIngress each :
                    service.getStatus().getLoadBalancer().getIngress()) {
                if (each.getIp() != null && !"Proxy".equals(each.getIpMode())) {
                    ips.add(each.getIp());
                }
            }
        }
        return ipv4(ips);
    }

    private static boolean isBalanced(Service service) {
        return "LoadBalancer".equals(service.getSpec().getType());
    }

    private static int healthPort(Service service) {
        ServiceSpec spec = service.getSpec();
        return isBalanced(service) && LOCAL.equals(spec.getExternalTrafficPolicy())
                ? Objects.requireNonNullElse(spec.getHealthCheckNodePort(), 0)
                : 0;
    }

    private static List<String> ipv4(Collection<String> addresses) {
        return addresses.stream()
                .map(String::strip)
                .filter(each -> each.indexOf(':') < 0)
                .sorted()
                .distinct()
                .toList();
    }

    private static int affinity(ServiceSpec spec) {
        if (!"ClientIP".equals(spec.getSessionAffinity())) {
            return 0;
        }
        var config = spec.getSessionAffinityConfig();
        return config == null
                        || config.getClientIP() == null
                        || config.getClientIP().getTimeoutSeconds() == null
                ? 10_800
                : config.getClientIP().getTimeoutSeconds();
    }

    private List<Backend> backends(Collection<EndpointSlice> own, String portName) {
        Map<String, Backend> byAddress = new HashMap<>();
        for (EndpointSlice slice : own) {
            for (EndpointPort port : slice.getPorts()) {
                if (port.getPort() == null || !portName.equals(Objects.requireNonNullElse(port.getName(), ""))) {
                    continue;
                }
                for (Endpoint endpoint : slice.getEndpoints()) {
                    for (String ip : endpoint.getAddresses()) {
                        Backend backend = backend(endpoint, ip, port.getPort());
                        byAddress.merge(backend.address(), backend, (one, other) -> one.ready() ? one : other);
                    }
                }
            }
        }
        return byAddress.values().stream().sorted().toList();
    }

    private Backend backend(Endpoint endpoint, String ip, int port) {
        EndpointConditions conditions = endpoint.getConditions();
        boolean ready = conditions == null || !Boolean.FALSE.equals(conditions.getReady());
        boolean serving = conditions == null || conditions.getServing() == null ? ready : conditions.getServing();
        boolean terminating = conditions != null && Boolean.TRUE.equals(conditions.getTerminating());
        return new Backend(ip, port, node.equals(endpoint.getNodeName()), ready, serving, terminating);
    }
}
