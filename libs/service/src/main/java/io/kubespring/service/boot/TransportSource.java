package io.kubespring.service.boot;

import io.kubespring.client.transport.Transport;

/**
 * Where a component gets its way to the API server. A component that runs alone has one that reads its kubeconfig; in the
 * standalone process it is a bean that enters the API server directly under the same identity.
 */
public interface TransportSource {

    /**
     * @param user whom to act as ("system:kube-scheduler"); a kubeconfig's identity is fixed, so there it counts for
     *     ServiceAccounts only
     */
    Transport as(String user, String... groups);
}
