package io.kubespring.scheduler.plugins;

import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;

/** Keeps a Pod with scheduling gates (KEP-3521) out of the queue until the last is removed. */
public final class SchedulingGates implements Plugin.PreEnqueue {

    @Override
    public String name() {
        return "SchedulingGates";
    }

    @Override
    public Outcome preEnqueue(PodInfo pod) {
        var gates = pod.pod().getSpec().getSchedulingGates();
        return gates == null || gates.isEmpty()
                ? Outcome.SUCCESS
                : Outcome.unresolvable("waiting for scheduling gates: "
                        + gates.stream().map(each -> each.getName()).toList());
    }
}
