package io.kubespring.kubelet.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Name resolution of Pods.
 *
 * @param resolvConf the host's file that Pods inherit
 */
public record DnsSettings(List<String> clusterDns, String clusterDomain, Path resolvConf) {

    public static DnsSettings defaults() {
        return new DnsSettings(List.of(), "cluster.local", Path.of("/etc/resolv.conf"));
    }
}
