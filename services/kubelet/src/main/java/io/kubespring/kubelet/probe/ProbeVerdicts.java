package io.kubespring.kubelet.probe;

import org.jspecify.annotations.Nullable;

/** What probes have found out about running containers. */
public interface ProbeVerdicts {

    /** Null until there is a result, or where the container has no such probe. */
    @Nullable
    Boolean liveness(String containerId);

    /** Null until there is a result, or where the container has no such probe. */
    @Nullable
    Boolean startup(String containerId);

    /** Null until there is a result, or where the container has no such probe. */
    @Nullable
    Boolean readiness(String containerId);
}
