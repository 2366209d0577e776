package io.kubespring.kubelet.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import org.jspecify.annotations.Nullable;

/** ConfigMaps and Secrets that Pods of this node refer to. May be a little behind the API server. */
public interface ConfigObjects {

    /** @throws io.kubespring.api.error.StatusException where the API server refuses or cannot be asked */
    @Nullable
    ConfigMap configMap(String namespace, String name);

    /** @throws io.kubespring.api.error.StatusException where the API server refuses or cannot be asked */
    @Nullable
    Secret secret(String namespace, String name);

    /** Forgets what is kept, so that a Pod that starts now sees the newest. */
    void refresh(String namespace);
}
