package io.kubespring.service.boot;

import io.kubespring.api.time.SystemTime;
import io.kubespring.client.rest.HttpsTransport;
import io.kubespring.client.rest.Kubeconfig;
import io.kubespring.client.transport.Transport;
import java.nio.file.Path;

/** Reaches the API server over HTTPS as the one identity that a kubeconfig holds. */
public final class KubeconfigTransportSource implements TransportSource {

    private final Kubeconfig kubeconfig;

    public KubeconfigTransportSource(Path kubeconfig) {
        this.kubeconfig = Kubeconfig.load(kubeconfig);
    }

    @Override
    public Transport as(String user, String... groups) {
        return HttpsTransport.from(kubeconfig, SystemTime.instance());
    }
}
