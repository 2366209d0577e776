package io.kubespring.kubelet.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;

/** Carries Pod statuses to the API server. */
public interface StatusWriter {

    /** @throws RuntimeException where it did not arrive and should be tried again */
    void write(Pod pod, PodStatus status);

    /** Deletes a Pod's object now, because nothing of the Pod is left here. */
    void delete(Pod pod);

    /** For a kubelet without an API server. */
    StatusWriter NONE = new StatusWriter() {
        @Override
        public void write(Pod pod, PodStatus status) {}

        @Override
        public void delete(Pod pod) {}
    };
}
