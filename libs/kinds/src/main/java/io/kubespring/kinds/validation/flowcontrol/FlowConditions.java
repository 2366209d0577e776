package io.kubespring.kinds.validation.flowcontrol;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.Set;

/** The conditions of both kinds' statuses: each type once. */
final class FlowConditions {

    private FlowConditions() {}

    static void check(Field status, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field condition : status.at("conditions").items()) {
            Field type = condition.at("type");
            if (!seen.add(type.text())) {
                errors.duplicate(type);
            }
            if (type.empty()) {
                errors.required(type, "must not be empty");
            }
        }
    }
}
