package io.kubespring.kinds.validation.admission;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.ConditionValidation;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** ValidatingAdmissionPolicies and MutatingAdmissionPolicies, but for what their expressions say. */
public final class PolicyValidation implements KindValidation {

    private static final List<String> REASONS = List.of("Forbidden", "Invalid", "RequestEntityTooLarge");
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");
    private static final int AUDIT_MAX = 20;
    private static final int AUDIT_EXPRESSION_MAX = 5 * 1024;

    private final boolean mutating;

    public PolicyValidation(boolean mutating) {
        this.mutating = mutating;
    }

    @Override
    public void create(Field policy, Errors errors) {
        Field spec = policy.at("spec");
        Field failure = spec.at("failurePolicy");
        if (failure.absent()) {
            errors.required(failure, "");
        } else {
            errors.oneOf(failure, AdmissionRules.FAILURE_POLICIES);
        }
        if (spec.at("paramKind").present()) {
            paramKind(spec.at("paramKind"), errors);
        }
        Field match = spec.at("matchConstraints");
        if (match.absent()) {
            errors.required(match, "");
        } else {
            AdmissionRules.matchResources(match, errors);
            if (match.at("resourceRules").empty()) {
                errors.required(match.at("resourceRules"), "");
            }
            if (mutating) {
                AdmissionRules.mutable(match, errors);
            }
        }
        AdmissionRules.conditions(spec.at("matchConditions"), errors);
        spec.at("variables").items().forEach(each -> variable(each, errors));
        if (mutating) {
            mutations(spec, errors);
        } else {
            validations(policy, spec, errors);
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        ConditionValidation.check(next.at("status", "conditions"), errors);
        for (Field warning :
                next.at("status", "typeChecking").at("expressionWarnings").items()) {
            for (String each : List.of("warning", "fieldRef")) {
                if (warning.at(each).text().isBlank()) {
                    errors.required(warning.at(each), "");
                }
            }
        }
    }

    private static void paramKind(Field kind, Errors errors) {
        Field version = kind.at("apiVersion");
        String[] parts = version.text().split("/", -1);
        if (version.empty()) {
            errors.required(version, "");
        } else if (parts.length > 2) {
            errors.invalid(version, "unexpected GroupVersion string: " + version.text());
        } else {
            String group = parts.length == 2 ? parts[0] : "";
            String name = parts[parts.length - 1];
            if (!group.isEmpty()) {
                joined(version, group, "", Names.dnsSubdomain(group), errors);
            }
            if (name.isEmpty()) {
                errors.invalid(version, "version must be specified");
            } else {
                joined(version, name, "", Names.rfc1035Label(name), errors);
            }
        }
        Field name = kind.at("kind");
        if (name.empty()) {
            errors.required(name, "");
        } else {
            joined(
                    name,
                    name.text(),
                    "may have mixed case, but should otherwise match: ",
                    Names.rfc1035Label(name.text().toLowerCase(Locale.ROOT)),
                    errors);
        }
    }

    private static void joined(Field field, String value, String prefix, List<String> messages, Errors errors) {
        if (!messages.isEmpty()) {
            errors.invalid(field, value, prefix + String.join(",", messages));
        }
    }

    private static void variable(Field variable, Errors errors) {
        Field name = variable.at("name");
        if (name.text().isBlank()) {
            errors.required(name, "name is not specified");
        } else if (!IDENTIFIER.matcher(name.text()).matches() || RESERVED.contains(name.text())) {
            errors.invalid(name, "must be a valid CEL identifier");
        }
        if (variable.at("expression").text().isBlank()) {
            errors.required(variable.at("expression"), "expression is not specified");
        }
    }

    private static void validations(Field policy, Field spec, Errors errors) {
        Field validations = spec.at("validations");
        Field audits = spec.at("auditAnnotations");
        if (validations.empty() && audits.empty()) {
            String some = "validations or auditAnnotations must contain at least one item";
            errors.required(validations, some);
            errors.required(audits, some);
            return;
        }
        validations.items().forEach(each -> validation(each, errors));
        List<Field> all = audits.items();
        if (all.size() > AUDIT_MAX) {
            errors.invalid(audits, "must not have more than " + AUDIT_MAX + " auditAnnotations");
        }
        Set<String> keys = new HashSet<>();
        for (Field audit : all) {
            audit(audit, policy.at("metadata", "name").text(), errors);
            if (!keys.add(audit.at("key").text())) {
                errors.duplicate(audit.at("key"));
            }
        }
    }

    private static void validation(Field validation, Errors errors) {
        if (validation.at("expression").text().isBlank()) {
            errors.required(validation.at("expression"), "expression is not specified");
        }
        Field messageExpression = validation.at("messageExpression");
        if (!messageExpression.empty() && messageExpression.text().isBlank()) {
            errors.invalid(messageExpression, "must be non-empty if specified");
        }
        Field message = validation.at("message");
        if (!message.empty() && message.text().isBlank()) {
            errors.invalid(message, "message must be non-empty if specified");
        } else if (message.text().strip().matches("(?s).*[\n\r].*")) {
            errors.invalid(message, "must not contain line breaks");
        }
        if (validation.at("reason").present()) {
            errors.oneOf(validation.at("reason"), REASONS);
        }
    }

    private static void audit(Field audit, String policy, Errors errors) {
        Field key = audit.at("key");
        for (String message : Names.qualifiedName(policy + "/" + key.text())) {
            errors.invalid(key, policy + "/" + key.text(), message);
        }
        Field expression = audit.at("valueExpression");
        if (expression.text().isBlank()) {
            errors.required(expression, "valueExpression is not specified");
        } else if (expression.text().strip().length() > AUDIT_EXPRESSION_MAX) {
            errors.required(expression, "must not exceed " + AUDIT_EXPRESSION_MAX + " bytes in length");
        }
    }

    private static void mutations(Field spec, Errors errors) {
        Field mutations = spec.at("mutations");
        if (mutations.empty()) {
            errors.required(mutations, "mutations must contain at least one item");
        }
        for (Field mutation : mutations.items()) {
            Field type = mutation.at("patchType");
            switch (type.text()) {
                case "ApplyConfiguration" -> patch(mutation, "applyConfiguration", "jsonPatch", errors);
                case "JSONPatch" -> patch(mutation, "jsonPatch", "applyConfiguration", errors);
                case "" -> errors.required(type, "");
                default -> errors.notSupported(type, List.of("ApplyConfiguration", "JSONPatch"));
            }
        }
        Field again = spec.at("reinvocationPolicy");
        if (again.empty()) {
            errors.required(again, "");
        } else {
            errors.oneOf(again, List.of("IfNeeded", "Never"));
        }
    }

    private static void patch(Field mutation, String wanted, String other, Errors errors) {
        if (mutation.at(wanted).absent()) {
            errors.required(
                    mutation.at(wanted),
                    "must be specified when patchType is "
                            + mutation.at("patchType").text());
        } else if (mutation.at(wanted, "expression").text().isBlank()) {
            errors.required(mutation.at(wanted, "expression"), "");
        }
        if (mutation.at(other).present()) {
            errors.invalid(
                    mutation.at(other),
                    "{" + other + "}",
                    "must not be specified when patchType is "
                            + mutation.at("patchType").text());
        }
    }
}
