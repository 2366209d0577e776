package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One volume of one Pod.
 *
 * @param folder where a volume that needs a folder of its own has it
 */
record VolumeRequest(Pod pod, Volume volume, Path folder, NodeFacts facts) {

    String namespace() {
        return pod.getMetadata().getNamespace();
    }

    @Nullable
    Long fsGroup() {
        var context = pod.getSpec().getSecurityContext();
        return context == null ? null : context.getFsGroup();
    }
}
