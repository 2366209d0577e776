package io.kubespring.kubelet.worker;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Pod workers ask of the node. */
public interface NodeView {

    /** Why Pods cannot have a network now, or null where they can. */
    @Nullable
    String networkProblem();

    NodeFacts facts(List<String> podIps);

    /** Why this node cannot take the Pod, or null where it can. */
    @Nullable
    Rejection rejection(Pod pod);

    /** Reason and message of a Pod's failure at admission. */
    record Rejection(String reason, String message) {}
}
