package io.kubespring.kinds.validation.admission;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which requests a webhook or a policy is about. */
final class AdmissionRules {

    static final List<String> FAILURE_POLICIES = List.of("Fail", "Ignore");

    private static final List<String> MATCH_POLICIES = List.of("Equivalent", "Exact");
    private static final List<String> OPERATIONS = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final List<String> MUTATING_OPERATIONS = List.of("*", "CONNECT", "CREATE", "UPDATE");
    private static final List<String> SCOPES = List.of("*", "Cluster", "Namespaced");
    private static final String ALL = "*";
    private static final int CONDITIONS_MAX = 64;

    private AdmissionRules() {}

    static void matchPolicy(Field policy, Errors errors) {
        if (policy.present()) {
            errors.oneOf(policy, MATCH_POLICIES);
        }
    }

    static void rule(Field rule, Errors errors) {
        Field operations = rule.at("operations");
        if (operations.empty()) {
            errors.required(operations, "");
        }
        alone(operations, "operations", errors);
        operations.items().forEach(each -> errors.oneOf(each, OPERATIONS));
        for (String each : List.of("apiGroups", "apiVersions")) {
            Field list = rule.at(each);
            if (list.empty()) {
                errors.required(list, "");
            }
            alone(list, each.equals("apiGroups") ? "API groups" : "API versions", errors);
        }
        for (Field version : rule.at("apiVersions").items()) {
            if (version.empty()) {
                errors.required(version, "");
            }
        }
        resources(rule.at("resources"), errors);
        if (rule.at("scope").present()) {
            errors.oneOf(rule.at("scope"), SCOPES);
        }
    }

    private static void alone(Field list, String what, Errors errors) {
        if (list.texts().size() > 1 && list.texts().contains(ALL)) {
            errors.invalid(list, "if '*' is present, must not specify other " + what);
        }
    }

    private static void resources(Field resources, Errors errors) {
        if (resources.empty()) {
            errors.required(resources, "");
        }
        Set<String> wholly = new HashSet<>();
        Set<String> everywhere = new HashSet<>();
        boolean plain = false;
        for (Field each : resources.items()) {
            String text = each.text();
            if (text.isEmpty()) {
                errors.required(each, "");
                continue;
            }
            int slash = text.indexOf('/');
            if (slash < 0) {
                plain = !text.equals(ALL);
                continue;
            }
            String resource = text.substring(0, slash);
            String sub = text.substring(slash + 1);
            if (wholly.contains(resource)) {
                errors.invalid(each, "if '" + resource + "/*' is present, must not specify " + text);
            }
            if (everywhere.contains(sub)) {
                errors.invalid(each, "if '*/" + sub + "' is present, must not specify " + text);
            }
            if (sub.equals(ALL)) {
                wholly.add(resource);
            }
            if (resource.equals(ALL)) {
                everywhere.add(sub);
            }
        }
        List<String> texts = resources.texts();
        if (texts.size() > 1 && texts.contains("*/*")) {
            errors.invalid(resources, "if '*/*' is present, must not specify other resources");
        }
        if (texts.contains(ALL) && plain) {
            errors.invalid(resources, "if '*' is present, must not specify other resources without subresources");
        }
    }

    static void matchResources(Field match, Errors errors) {
        Field policy = match.at("matchPolicy");
        if (policy.absent()) {
            errors.required(policy, "");
        }
        matchPolicy(policy, errors);
        for (String each : List.of("namespaceSelector", "objectSelector")) {
            if (match.at(each).absent()) {
                errors.required(match.at(each), "");
            } else {
                LabelValidation.selector(match.at(each), errors);
            }
        }
        for (String each : List.of("resourceRules", "excludeResourceRules")) {
            match.at(each).items().forEach(rule -> namedRule(rule, errors));
        }
    }

    /** What is deleted cannot be mutated. */
    static void mutable(Field match, Errors errors) {
        for (Field rule : match.at("resourceRules").items()) {
            for (Field operation : rule.at("operations").items()) {
                if (!MUTATING_OPERATIONS.contains(operation.text())) {
                    errors.notSupported(
                            match.at("resourceRules").at("operations"), operation.text(), MUTATING_OPERATIONS);
                }
            }
        }
    }

    private static void namedRule(Field rule, Errors errors) {
        Set<String> names = new HashSet<>();
        for (Field name : rule.at("resourceNames").items()) {
            errors.invalid(name, Names.pathSegment(name.text()));
            if (!names.add(name.text())) {
                errors.duplicate(name);
            }
        }
        rule(rule, errors);
    }

    static void conditions(Field conditions, Errors errors) {
        List<Field> all = conditions.items();
        if (all.size() > CONDITIONS_MAX) {
            errors.tooMany(conditions, all.size(), CONDITIONS_MAX);
        }
        Set<String> names = new HashSet<>();
        for (Field condition : all) {
            if (condition.at("expression").text().isBlank()) {
                errors.required(condition.at("expression"), "");
            }
            Field name = condition.at("name");
            if (name.empty()) {
                errors.required(name, "");
                continue;
            }
            errors.invalid(name, Names.qualifiedName(name.text()));
            if (!names.add(name.text())) {
                errors.duplicate(name);
            }
        }
    }
}
