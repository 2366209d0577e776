package io.kubespring.kubelet.pod;

import io.fabric8.kubernetes.api.model.Pod;

/** Takes Pods from a source. */
public interface PodSink {

    /** New or changed. */
    void update(Pod pod);

    /** No longer there. */
    void remove(Pod pod);
}
