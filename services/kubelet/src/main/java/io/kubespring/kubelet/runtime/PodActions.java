package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.kubespring.kubelet.state.ContainerInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps that bring a Pod closer to what it should be.
 *
 * @param killPod whether everything of it is stopped first
 * @param createSandbox whether a new sandbox is made
 * @param sandboxAttempt the new sandbox's number
 * @param sandboxId the sandbox to go on with, where none is made
 */
public record PodActions(
        boolean killPod,
        boolean createSandbox,
        int sandboxAttempt,
        @Nullable String sandboxId,
        List<Kill> kills,
        List<Container> starts) {

    /** A container to stop while the Pod goes on. */
    public record Kill(ContainerInfo container, Container spec, String message) {}
}
