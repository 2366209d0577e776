package io.kubespring.kinds.validation.workload;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a Job handles Pods that fail ("Pod failure policy", KEP-3329). */
final class PodFailurePolicyRules {

    private static final int RULES_MAX = 20;
    private static final int CODES_MAX = 255;
    private static final int PATTERNS_MAX = 20;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private PodFailurePolicyRules() {}

    static void check(Field spec, Errors errors) {
        Field rules = spec.at("podFailurePolicy", "rules");
        atMost(rules, RULES_MAX, errors);
        Field template = spec.at("template", "spec");
        Set<String> containers = Stream.of("containers", "initContainers")
                .flatMap(list -> template.at(list).items().stream())
                .map(each -> each.at("name").text())
                .collect(Collectors.toSet());
        for (Field rule : rules.items()) {
            action(rule.at("action"), spec, errors);
            rule(rule, containers, errors);
        }
    }

    private static void atMost(Field list, int max, Errors errors) {
        int size = list.items().size();
        if (size > max) {
            errors.tooMany(list, size, max);
        }
    }

    /** Upstream lists what there is in two ways. */
    private static void chosen(Field field, List<String> values, Errors errors) {
        if (field.empty()) {
            errors.required(
                    field,
                    "valid values: "
                            + values.stream().map(each -> '"' + each + '"').collect(Collectors.joining(" ", "[", "]")));
        } else {
            errors.oneOf(field, values);
        }
    }

    private static void action(Field action, Field spec, Errors errors) {
        chosen(action, ACTIONS, errors);
        if (action.isText("FailIndex") && spec.at("backoffLimitPerIndex").absent()) {
            errors.invalid(action, "requires the backoffLimitPerIndex to be set");
        }
    }

    private static void rule(Field rule, Set<String> containers, Errors errors) {
        Field codes = rule.at("onExitCodes");
        Field conditions = rule.at("onPodConditions");
        if (codes.present()) {
            exitCodes(codes, containers, errors);
        }
        atMost(conditions, PATTERNS_MAX, errors);
        for (Field pattern : conditions.items()) {
            errors.invalid(
                    pattern.at("type"), Names.qualifiedName(pattern.at("type").text()));
            chosen(pattern.at("status"), STATUSES, errors);
        }
        if (codes.present() && !conditions.empty()) {
            errors.invalidUnshown(rule, "specifying both OnExitCodes and OnPodConditions is not supported");
        } else if (codes.absent() && conditions.empty()) {
            errors.invalidUnshown(rule, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void exitCodes(Field codes, Set<String> containers, Errors errors) {
        chosen(codes.at("operator"), OPERATORS, errors);
        Field container = codes.at("containerName");
        if (container.present() && !containers.contains(container.text())) {
            errors.invalid(container, "must be one of the container or initContainer names in the pod template");
        }
        Field values = codes.at("values");
        if (values.items().isEmpty()) {
            errors.invalid(values, values.present() ? values.value() : null, "at least one value is required");
        }
        atMost(values, CODES_MAX, errors);
        Set<Long> seen = new HashSet<>();
        boolean ordered = true;
        long previous = Long.MIN_VALUE;
        for (Field value : values.items()) {
            if (codes.at("operator").isText("In") && value.number() == 0) {
                errors.invalid(value, "must not be 0 for the In operator");
            }
            if (!seen.add(value.number())) {
                errors.duplicate(value);
            }
            ordered &= previous <= value.number();
            previous = value.number();
        }
        if (!ordered) {
            errors.invalid(values, "must be ordered");
        }
    }
}
