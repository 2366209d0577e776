package io.kubespring.apiserver.admission.plugins;

import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Upstream's TaintNodesByCondition: nothing is scheduled onto a new node before the node controller has seen it ready. */
final class TaintNodesByCondition implements AdmissionPlugin {

    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String NO_SCHEDULE = "NoSchedule";

    @Override
    public String name() {
        return "TaintNodesByCondition";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return attributes.operation() == Operation.CREATE && attributes.isCore("nodes");
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode node, @Nullable ObjectNode old) {
        ObjectNode spec = node.withObjectProperty("spec");
        for (JsonNode taint : spec.path("taints")) {
            if (Trees.text(taint, "key").equals(NOT_READY)
                    && Trees.text(taint, "effect").equals(NO_SCHEDULE)) {
                return;
            }
        }
        spec.withArrayProperty("taints").addObject().put("key", NOT_READY).put("effect", NO_SCHEDULE);
    }
}
