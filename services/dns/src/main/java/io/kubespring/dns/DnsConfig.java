package io.kubespring.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * @param listen where to answer, UDP and TCP
 * @param domain of the cluster, "cluster.local"
 * @param timeToLive seconds that clients may keep an answer about the cluster
 * @param resolvConf names the servers for all other names
 */
public record DnsConfig(InetSocketAddress listen, String domain, int timeToLive, Path resolvConf) {}
