package io.kubespring.kubelet.network;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import io.kubespring.kubelet.config.DnsSettings;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.node.cri.v1.DNSConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** The {@code resolv.conf} of Pods by their dnsPolicy ("DNS for Services and Pods"). */
public final class PodDns {

    private static final int MOST_SERVERS = 3;
    private static final String CLUSTER_OPTION = "ndots:5";

    private final DnsSettings settings;

    public PodDns(DnsSettings settings) {
        this.settings = settings;
    }

    public DNSConfig forPod(Pod pod) throws IOException {
        ResolvConf base = switch (effectivePolicy(pod)) {
            case "None" -> new ResolvConf(List.of(), List.of(), List.of());
            case "ClusterFirst" -> clusterFirst(pod);
            default -> host();
        };
        return merge(base, pod.getSpec().getDnsConfig());
    }

    private String effectivePolicy(Pod pod) {
        String policy = pod.getSpec().getDnsPolicy();
        return switch (policy == null ? "ClusterFirst" : policy) {
            case "None" -> "None";
            case "ClusterFirstWithHostNet" -> settings.clusterDns().isEmpty() ? "Default" : "ClusterFirst";
            case "ClusterFirst" ->
                Pods.isHostNetwork(pod) || settings.clusterDns().isEmpty() ? "Default" : "ClusterFirst";
            default -> "Default";
        };
    }

    private ResolvConf host() throws IOException {
        if (settings.resolvConf().toString().isEmpty() || !Files.exists(settings.resolvConf())) {
            return new ResolvConf(List.of(), List.of(), List.of());
        }
        return ResolvConf.parse(Files.readAllLines(settings.resolvConf()));
    }

    private ResolvConf clusterFirst(Pod pod) throws IOException {
        String domain = settings.clusterDomain();
        var searches = new LinkedHashSet<String>();
        searches.add(pod.getMetadata().getNamespace() + ".svc." + domain);
        searches.add("svc." + domain);
        searches.add(domain);
        searches.addAll(host().searches());
        return new ResolvConf(settings.clusterDns(), List.copyOf(searches), List.of(CLUSTER_OPTION));
    }

    private static DNSConfig merge(ResolvConf base, @org.jspecify.annotations.Nullable PodDNSConfig own) {
        var servers = new LinkedHashSet<>(base.servers());
        var searches = new LinkedHashSet<>(base.searches());
        var options = new LinkedHashMap<String, String>();
        base.options().forEach(option -> options.put(nameOf(option), option));
        if (own != null) {
            servers.addAll(orEmpty(own.getNameservers()));
            searches.addAll(orEmpty(own.getSearches()));
            for (PodDNSConfigOption option : orEmpty(own.getOptions())) {
                String value = option.getValue();
                options.put(
                        option.getName(),
                        value == null || value.isEmpty() ? option.getName() : option.getName() + ":" + value);
            }
        }
        return DNSConfig.newBuilder()
                .addAllServers(servers.stream().limit(MOST_SERVERS).toList())
                .addAllSearches(searches)
                .addAllOptions(new ArrayList<>(options.values()))
                .build();
    }

    private static String nameOf(String option) {
        int colon = option.indexOf(':');
        return colon < 0 ? option : option.substring(0, colon);
    }

    private static <T> List<T> orEmpty(@org.jspecify.annotations.Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
