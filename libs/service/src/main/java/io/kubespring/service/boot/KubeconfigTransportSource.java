package io.kubespring.service.boot;

import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.rest.HttpsTransport;
import io.kubespring.client.rest.Kubeconfig;
import io.kubespring.client.rest.ServiceAccountTransport;
import io.kubespring.client.transport.Transport;
import java.nio.file.Path;

/**
 * Reaches the API server over HTTPS as the one identity that a kubeconfig holds, or as a ServiceAccount by tokens that this
 * identity asks for.
 */
public final class KubeconfigTransportSource implements TransportSource {

    private static final String ACCOUNT = "system:serviceaccount:";

    private final TimeSource time = SystemTime.instance();
    private final Kubeconfig kubeconfig;
    private final KubeClient issuer;
    private final Transport bare;

    public KubeconfigTransportSource(Path kubeconfig) {
        this.kubeconfig = Kubeconfig.load(kubeconfig);
        issuer = KubeClient.over(HttpsTransport.from(this.kubeconfig, time), time);
        bare = HttpsTransport.from(this.kubeconfig.anonymous(), time);
    }

    @Override
    public Transport as(String user, String... groups) {
        if (!user.startsWith(ACCOUNT)) {
            return HttpsTransport.from(kubeconfig, time);
        }
        String[] account = user.substring(ACCOUNT.length()).split(":", 2);
        return new ServiceAccountTransport(issuer, bare, account[0], account[1], time);
    }
}
