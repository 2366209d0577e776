package io.kubespring.kubelet.event;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.kubelet.pod.Pods;
import org.jspecify.annotations.Nullable;

/** Events of Pods as objects at the API server. */
public final class RecordedEvents implements PodEvents {

    private final EventRecorder recorder;

    public RecordedEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void normal(Pod pod, @Nullable Container container, EventReason reason, String message) {
        recorder.record(reference(pod, container), EventRecorder.NORMAL, reason.text(), message);
    }

    @Override
    public void warning(Pod pod, @Nullable Container container, EventReason reason, String message) {
        recorder.record(reference(pod, container), EventRecorder.WARNING, reason.text(), message);
    }

    private static ObjectReference reference(Pod pod, @Nullable Container container) {
        var reference = new ObjectReference();
        reference.setKind("Pod");
        reference.setApiVersion("v1");
        reference.setNamespace(pod.getMetadata().getNamespace());
        reference.setName(pod.getMetadata().getName());
        reference.setUid(Pods.uid(pod));
        reference.setResourceVersion(pod.getMetadata().getResourceVersion());
        if (container != null) {
            reference.setFieldPath("spec." + list(pod, container) + "{" + container.getName() + "}");
        }
        return reference;
    }

    private static String list(Pod pod, Container container) {
        if (Pods.initContainers(pod).contains(container)) {
            return "initContainers";
        }
        return pod.getSpec().getContainers().contains(container) ? "containers" : "ephemeralContainers";
    }
}
