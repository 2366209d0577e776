package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Topology spread constraints. */
final class SpreadValidation {

    private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> INCLUSION = List.of("Honor", "Ignore");

    private SpreadValidation() {}

    static void all(Field constraints, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field constraint : constraints.items()) {
            if (constraint.at("maxSkew").number() <= 0) {
                errors.invalid(
                        constraint.at("maxSkew"), constraint.at("maxSkew").number(), "must be greater than zero");
            }
            AffinityValidation.topologyKey(constraint.at("topologyKey"), errors);
            errors.oneOf(constraint.at("whenUnsatisfiable"), ACTIONS);
            String pair = "{" + constraint.at("topologyKey").text() + ", "
                    + constraint.at("whenUnsatisfiable").text() + "}";
            if (!seen.add(pair)) {
                errors.duplicate(constraint.at("{topologyKey, whenUnsatisfiable}"), pair);
            }
            Field domains = constraint.at("minDomains");
            if (domains.present()) {
                if (domains.number() <= 0) {
                    errors.invalid(domains, "must be greater than zero");
                }
                if (!constraint.at("whenUnsatisfiable").isText("DoNotSchedule")) {
                    errors.invalid(
                            domains,
                            "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                                    + constraint.at("whenUnsatisfiable").text());
                }
            }
            for (String each : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
                if (constraint.at(each).present()) {
                    errors.oneOf(constraint.at(each), INCLUSION);
                }
            }
            LabelValidation.selector(constraint.at("labelSelector"), errors);
        }
    }
}
