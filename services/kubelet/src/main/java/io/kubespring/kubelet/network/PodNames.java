package io.kubespring.kubelet.network;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/**
 * What a Pod is called from inside.
 *
 * @param domain of its subdomain, or empty
 */
public record PodNames(String hostname, String domain) {

    private static final int LONGEST_HOSTNAME = 63;

    public static PodNames of(Pod pod, String clusterDomain) {
        String own = pod.getSpec().getHostname();
        String hostname =
                truncate(own == null || own.isEmpty() ? pod.getMetadata().getName() : own);
        String subdomain = pod.getSpec().getSubdomain();
        String domain = subdomain == null || subdomain.isEmpty()
                ? ""
                : subdomain + "." + pod.getMetadata().getNamespace() + ".svc." + clusterDomain;
        return new PodNames(hostname, domain);
    }

    public String qualified() {
        return domain.isEmpty() ? hostname : hostname + "." + domain;
    }

    /** The name the sandbox is given: the qualified one where the Pod asks for it (KEP-1797). */
    public String forSandbox(@Nullable Boolean setHostnameAsFqdn) {
        return Boolean.TRUE.equals(setHostnameAsFqdn) ? qualified() : hostname;
    }

    private static String truncate(String name) {
        if (name.length() <= LONGEST_HOSTNAME) {
            return name;
        }
        String cut = name.substring(0, LONGEST_HOSTNAME);
        while (cut.endsWith("-") || cut.endsWith(".")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }
}
