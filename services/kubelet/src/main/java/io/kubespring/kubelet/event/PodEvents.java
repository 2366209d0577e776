package io.kubespring.kubelet.event;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/** Tells users what happens to their Pods. Never blocks, never fails. */
public interface PodEvents {

    /** @param container the part of the Pod it is about, or null for the whole */
    void normal(Pod pod, @Nullable Container container, EventReason reason, String message);

    /** @param container the part of the Pod it is about, or null for the whole */
    void warning(Pod pod, @Nullable Container container, EventReason reason, String message);
}
