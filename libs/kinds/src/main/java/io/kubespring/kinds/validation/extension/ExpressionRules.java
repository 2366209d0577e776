package io.kubespring.kinds.validation.extension;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** {@code x-kubernetes-validations} of a custom resource's schema, but for what their expressions say. */
final class ExpressionRules {

    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

    private ExpressionRules() {}

    static void check(Field schema, Errors errors) {
        for (Field rule : schema.at("x-kubernetes-validations").items()) {
            rule(rule, errors);
        }
    }

    private static void rule(Field rule, Errors errors) {
        String expression = rule.at("rule").text().strip();
        Field message = rule.at("message");
        String text = message.text().strip();
        if (expression.isEmpty()) {
            errors.required(rule.at("rule"), "rule is not specified");
        } else if (!message.empty() && text.isEmpty()) {
            errors.invalid(message, "must be non-empty if specified");
        } else if (hasLines(text)) {
            errors.invalid(message, "must not contain line breaks");
        } else if (hasLines(expression) && text.isEmpty()) {
            errors.required(message, "message must be specified if rule contains line breaks");
        }
        Field messageExpression = rule.at("messageExpression");
        if (!messageExpression.empty() && messageExpression.text().isBlank()) {
            errors.required(messageExpression, "messageExpression must be non-empty if specified");
        }
        if (rule.at("reason").present()) {
            errors.oneOf(rule.at("reason"), REASONS);
        }
        Field path = rule.at("fieldPath");
        if (!path.empty() && path.text().isBlank()) {
            errors.invalid(path, "must be non-empty if specified");
        }
        if (hasLines(path.text())) {
            errors.invalid(path, "must not contain line breaks");
        }
    }

    private static boolean hasLines(String text) {
        return text.contains("\n") || text.contains("\r");
    }
}
