package io.kubespring.kubelet.node;

import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.kubespring.api.time.TimeSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of this Node: the three pressures and readiness. */
final class NodeConditions {

    private final NodePressure pressure;
    private final RuntimeHealth health;
    private final TimeSource time;

    NodeConditions(NodePressure pressure, RuntimeHealth health, TimeSource time) {
        this.pressure = pressure;
        this.health = health;
        this.time = time;
    }

    List<NodeCondition> build(@Nullable NodeStatus before) {
        var conditions = new ArrayList<NodeCondition>();
        conditions.add(
                pressure.memory()
                        ? condition(
                                before,
                                "MemoryPressure",
                                "True",
                                "KubeletHasInsufficientMemory",
                                "kubelet has insufficient memory available")
                        : condition(
                                before,
                                "MemoryPressure",
                                "False",
                                "KubeletHasSufficientMemory",
                                "kubelet has sufficient memory available"));
        conditions.add(
                pressure.disk()
                        ? condition(
                                before, "DiskPressure", "True", "KubeletHasDiskPressure", "kubelet has disk pressure")
                        : condition(
                                before,
                                "DiskPressure",
                                "False",
                                "KubeletHasNoDiskPressure",
                                "kubelet has no disk pressure"));
        conditions.add(
                pressure.processes()
                        ? condition(
                                before,
                                "PIDPressure",
                                "True",
                                "KubeletHasInsufficientPID",
                                "kubelet has insufficient PID available")
                        : condition(
                                before,
                                "PIDPressure",
                                "False",
                                "KubeletHasSufficientPID",
                                "kubelet has sufficient PID available"));
        String problem = health.networkProblem();
        conditions.add(
                problem == null
                        ? condition(before, "Ready", "True", "KubeletReady", "kubelet is posting ready status")
                        : condition(before, "Ready", "False", "KubeletNotReady", problem));
        return conditions;
    }

    private NodeCondition condition(
            @Nullable NodeStatus before, String type, String status, String reason, String message) {
        String now = time.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var condition = new NodeCondition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason);
        condition.setMessage(message);
        condition.setLastHeartbeatTime(now);
        condition.setLastTransitionTime(now);
        if (before != null && before.getConditions() != null) {
            before.getConditions().stream()
                    .filter(each -> type.equals(each.getType()) && status.equals(each.getStatus()))
                    .findFirst()
                    .ifPresent(same -> condition.setLastTransitionTime(same.getLastTransitionTime()));
        }
        return condition;
    }
}
