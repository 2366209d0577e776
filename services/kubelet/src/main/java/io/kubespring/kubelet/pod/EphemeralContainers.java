package io.kubespring.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Containers that join a Pod which lives already (KEP-277): described like any other, but started once, whatever becomes
 * of them, and perhaps among the processes of another container.
 */
public final class EphemeralContainers {

    private static final String TARGET = "targetContainerName";

    private EphemeralContainers() {}

    /** As containers; what only ephemeral ones have is asked for by {@link #target}. */
    public static List<Container> of(Pod pod) {
        List<EphemeralContainer> ephemeral = pod.getSpec().getEphemeralContainers();
        return ephemeral == null
                ? List.of()
                : ephemeral.stream().map(EphemeralContainers::asContainer).toList();
    }

    private static Container asContainer(EphemeralContainer ephemeral) {
        return Json.convert(ephemeral, Container.class);
    }

    /** The name of the container whose processes this one shares; null for none, and for containers of other kinds. */
    public static @Nullable String target(Container container) {
        return container.getAdditionalProperties().get(TARGET) instanceof String name && !name.isEmpty() ? name : null;
    }
}
