package io.kubespring.kubelet.fake;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers events as "Reason: message". */
public final class FakeEvents implements PodEvents {

    public final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public void normal(Pod pod, @Nullable Container container, EventReason reason, String message) {
        seen.add(reason.text() + ": " + message);
    }

    @Override
    public void warning(Pod pod, @Nullable Container container, EventReason reason, String message) {
        seen.add(reason.text() + ": " + message);
    }
}
