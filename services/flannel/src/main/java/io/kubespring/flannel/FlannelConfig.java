package io.kubespring.flannel;

import io.kubespring.flannel.config.NetworkConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * @param node this node's name
 * @param iface the underlay's name or address; empty for that of the default route
 * @param publicIp by which others reach this node; empty for the interface's
 * @param masquerade whether Pods are hidden behind the node where they leave the cluster
 * @param subnetFile where other programs read this node's range
 * @param cniFile the container runtime's configuration; an empty path for none
 * @param leases where the bridge's addresses that are in use are written down
 * @param rulesPeriod after which the rules are compared with what they should be
 */
public record FlannelConfig(
        String node,
        NetworkConfig network,
        String iface,
        String publicIp,
        boolean masquerade,
        Path subnetFile,
        Path cniFile,
        Path leases,
        Duration rulesPeriod) {}
