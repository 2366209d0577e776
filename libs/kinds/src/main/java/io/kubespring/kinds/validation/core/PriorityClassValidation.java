package io.kubespring.kinds.validation.core;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.Map;

/** PriorityClasses: the highest values and the prefix "system-" belong to the system. */
public final class PriorityClassValidation implements KindValidation {

    private static final long HIGHEST_OF_USERS = 1_000_000_000L;
    private static final Map<String, Long> SYSTEM =
            Map.of("system-node-critical", 2_000_001_000L, "system-cluster-critical", 2_000_000_000L);

    @Override
    public void create(Field priorityClass, Errors errors) {
        Field name = priorityClass.at("metadata", "name");
        Field value = priorityClass.at("value");
        if (name.text().startsWith("system-")) {
            Long expected = SYSTEM.get(name.text());
            String problem = null;
            if (expected == null) {
                problem = name.text() + " is not a known system priority class";
            } else if (value.number() != expected) {
                problem = "value of " + name.text() + " PriorityClass must be " + expected;
            } else if (priorityClass.at("globalDefault").flag()) {
                problem = "globalDefault of " + name.text() + " PriorityClass must be false";
            }
            if (problem != null) {
                errors.forbidden(
                        name,
                        "priority class names with 'system-' prefix are reserved for system use only. error: "
                                + problem);
            }
        } else if (value.number() > HIGHEST_OF_USERS) {
            errors.forbidden(value, "maximum allowed value of a user defined priority is " + HIGHEST_OF_USERS);
        }
        if (priorityClass.at("preemptionPolicy").present()) {
            preemption(priorityClass.at("preemptionPolicy"), errors);
        }
    }

    private static void preemption(Field policy, Errors errors) {
        if (policy.empty()) {
            errors.required(policy, "");
        } else if (!policy.isText("PreemptLowerPriority") && !policy.isText("Never")) {
            errors.notSupportedOf(policy, "PreemptLowerPriority", "Never");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        if (next.at("value").number() != current.at("value").number()) {
            errors.forbidden(next.at("value"), "may not be changed in an update.");
        }
        errors.immutable(next.at("preemptionPolicy"), current.at("preemptionPolicy"));
    }
}
