package io.kubespring.kubelet.cluster;

import io.fabric8.kubernetes.api.model.Service;
import io.kubespring.client.informer.Informer;
import java.util.Collection;

/** Services from an informer. */
public record InformedServices(Informer<Service> informer) implements ServiceSource {

    @Override
    public boolean synced() {
        return informer.hasSynced();
    }

    @Override
    public Collection<Service> services() {
        return informer.lister().list();
    }
}
