package io.kubespring.proxy;

import java.time.Duration;

/**
 * @param node whose endpoints are local
 * @param clusterCidr addresses of Pods
 * @param serviceCidr addresses of Services
 * @param minSyncPeriod changes that come closer together are applied together
 * @param syncPeriod after which the rules are written anew, whoever changed them
 */
public record ProxyConfig(
        String node, String clusterCidr, String serviceCidr, Duration minSyncPeriod, Duration syncPeriod) {}
