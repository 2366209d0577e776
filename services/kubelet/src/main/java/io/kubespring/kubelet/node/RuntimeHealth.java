package io.kubespring.kubelet.node;

import io.kubespring.api.time.TimeSource;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.RuntimeCondition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the container runtime and its network are ready; asked at most once in a few seconds. */
public final class RuntimeHealth {

    private static final Duration FRESH = Duration.ofSeconds(3);

    private final CriRuntime runtime;
    private final TimeSource time;
    private Instant asked = Instant.EPOCH;
    private @Nullable String runtimeProblem;
    private @Nullable String networkProblem;

    public RuntimeHealth(CriRuntime runtime, TimeSource time) {
        this.runtime = runtime;
        this.time = time;
    }

    /** Null where the runtime is ready. */
    public synchronized @Nullable String runtimeProblem() {
        refresh();
        return runtimeProblem;
    }

    /** Null where Pods can have a network. */
    public synchronized @Nullable String networkProblem() {
        refresh();
        return runtimeProblem != null ? runtimeProblem : networkProblem;
    }

    private void refresh() {
        Instant now = time.now();
        boolean fine = runtimeProblem == null && networkProblem == null;
        if (fine && now.isBefore(asked.plus(FRESH))) {
            return;
        }
        asked = now;
        try {
            runtimeProblem = null;
            networkProblem = null;
            for (RuntimeCondition condition : runtime.status().getStatus().getConditionsList()) {
                if (condition.getStatus()) {
                    continue;
                }
                String text = condition.getType() + "=false reason:" + condition.getReason() + " message:"
                        + condition.getMessage();
                switch (condition.getType()) {
                    case "RuntimeReady" -> runtimeProblem = "container runtime not ready: " + text;
                    case "NetworkReady" -> networkProblem = "container runtime network not ready: " + text;
                    default -> {}
                }
            }
        } catch (CriException failure) {
            runtimeProblem = "container runtime is down: " + failure.rendered();
        }
    }
}
