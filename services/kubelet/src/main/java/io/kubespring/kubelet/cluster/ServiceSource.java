package io.kubespring.kubelet.cluster;

import io.fabric8.kubernetes.api.model.Service;
import java.util.Collection;

/** Services of the cluster, for environment variables. */
public interface ServiceSource {

    /** Whether the list is complete; containers wait for that, because their variables are fixed at their start. */
    boolean synced();

    Collection<Service> services();
}
