package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
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
        List<Field> all = constraints.items();
        for (int i = 0; i < all.size(); i++) {
            Field constraint = all.get(i);
            Field skew = constraint.at("maxSkew");
            if (skew.number() <= 0) {
                errors.invalid(skew, skew.number(), "must be greater than zero");
            }
            if (constraint.at("topologyKey").empty()) {
                errors.required(constraint.at("topologyKey"), "can not be empty");
            }
            errors.oneOf(constraint.at("whenUnsatisfiable"), ACTIONS);
            // Upstream names the earlier of two alike.
            String kind = kind(constraint);
            if (all.subList(i + 1, all.size()).stream()
                    .anyMatch(each -> kind(each).equals(kind))) {
                errors.duplicate(constraint.at("{topologyKey, whenUnsatisfiable}"), kind);
            }
            domains(constraint, errors);
            for (String each : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
                if (constraint.at(each).present()) {
                    errors.oneOf(constraint.at(each), INCLUSION);
                }
            }
            labelKeys(constraint, errors);
            LabelValidation.selector(constraint.at("labelSelector"), errors);
        }
    }

    private static String kind(Field constraint) {
        return "{" + constraint.at("topologyKey").text() + ", "
                + constraint.at("whenUnsatisfiable").text() + "}";
    }

    private static void domains(Field constraint, Errors errors) {
        Field domains = constraint.at("minDomains");
        if (domains.absent()) {
            return;
        }
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

    private static void labelKeys(Field constraint, Errors errors) {
        Field keys = constraint.at("matchLabelKeys");
        if (keys.empty()) {
            return;
        }
        Field selector = constraint.at("labelSelector");
        if (selector.absent()) {
            errors.forbidden(keys, "must not be specified when labelSelector is not set");
        }
        // The server itself puts one requirement for each key there: only what else there is, is the user's.
        Set<String> selected = new HashSet<>();
        selector.at("matchLabels").entries().forEach(each -> selected.add(each.name()));
        List<String> required = selector.at("matchExpressions").items().stream()
                .map(each -> each.at("key").text())
                .toList();
        for (Field key : keys.items()) {
            errors.invalid(key, Names.qualifiedName(key.text()));
            long times = required.stream().filter(key.text()::equals).count();
            if (selected.contains(key.text()) || times > 1) {
                errors.invalid(key, "exists in both matchLabelKeys and labelSelector");
            }
        }
    }
}
