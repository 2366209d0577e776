package io.kubespring.kubelet.event;

/** Reasons of the kubelet's events. */
public enum EventReason {
    PULLING("Pulling"),
    PULLED("Pulled"),
    CREATED("Created"),
    STARTED("Started"),
    KILLING("Killing"),
    FAILED("Failed"),
    BACK_OFF("BackOff"),
    UNHEALTHY("Unhealthy"),
    INSPECT_FAILED("InspectFailed"),
    ERR_IMAGE_NEVER_PULL("ErrImageNeverPull"),
    FAILED_MOUNT("FailedMount"),
    FAILED_CREATE_POD_SANDBOX("FailedCreatePodSandBox"),
    SANDBOX_CHANGED("SandboxChanged"),
    FAILED_KILL_POD("FailedKillPod"),
    FAILED_SYNC("FailedSync"),
    FAILED_POST_START_HOOK("FailedPostStartHook"),
    FAILED_PRE_STOP_HOOK("FailedPreStopHook"),
    NETWORK_NOT_READY("NetworkNotReady"),
    DNS_CONFIG_FORMING("DNSConfigForming"),
    EVICTED("Evicted"),
    STARTING("Starting"),
    NODE_READY("NodeReady"),
    NODE_NOT_READY("NodeNotReady"),
    NODE_HAS_SUFFICIENT_MEMORY("NodeHasSufficientMemory"),
    NODE_HAS_INSUFFICIENT_MEMORY("NodeHasInsufficientMemory"),
    NODE_HAS_NO_DISK_PRESSURE("NodeHasNoDiskPressure"),
    NODE_HAS_DISK_PRESSURE("NodeHasDiskPressure"),
    NODE_HAS_SUFFICIENT_PID("NodeHasSufficientPID"),
    NODE_HAS_INSUFFICIENT_PID("NodeHasInsufficientPID"),
    FREE_DISK_SPACE_FAILED("FreeDiskSpaceFailed");

    private final String text;

    EventReason(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
