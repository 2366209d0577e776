package io.kubespring.kubelet.state;

import io.kubespring.node.cri.v1.ContainerState;
import io.kubespring.node.cri.v1.ContainerStatus;

/** A container of a Pod as the runtime tells it. */
public record ContainerInfo(String sandboxId, ContainerStatus status) {

    public String id() {
        return status.getId();
    }

    public String name() {
        return status.getMetadata().getName();
    }

    public boolean isRunning() {
        return status.getState() == ContainerState.CONTAINER_RUNNING;
    }

    public boolean isExited() {
        return status.getState() == ContainerState.CONTAINER_EXITED;
    }

    public boolean succeeded() {
        return isExited() && status.getExitCode() == 0;
    }

    public int restartCount() {
        return status.getMetadata().getAttempt();
    }

    public String hash() {
        return status.getAnnotationsOrDefault(Labels.HASH, "");
    }

    public String terminationMessagePath() {
        return status.getAnnotationsOrDefault(Labels.TERMINATION_PATH, "");
    }

    public String terminationMessagePolicy() {
        return status.getAnnotationsOrDefault(Labels.TERMINATION_POLICY, "File");
    }

    /** The grace period its Pod had when it was made; for containers whose Pod is no longer known. */
    public long graceSeconds() {
        String seconds = status.getAnnotationsOrDefault(Labels.GRACE_PERIOD, "");
        return seconds.isEmpty() ? 30 : Long.parseLong(seconds);
    }
}
