package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tolerations of taints. */
public final class TolerationValidation {

    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private TolerationValidation() {}

    public static void all(Field tolerations, Errors errors) {
        for (Field toleration : tolerations.items()) {
            one(toleration, errors);
        }
    }

    private static void one(Field toleration, Errors errors) {
        Field key = toleration.at("key");
        Field operator = toleration.at("operator");
        Field value = toleration.at("value");
        Field effect = toleration.at("effect");
        if (!key.empty()) {
            errors.invalid(key, Names.qualifiedName(key.text()));
        } else if (!operator.isText("Exists")) {
            errors.invalid(
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.at("tolerationSeconds").present() && !effect.isText("NoExecute")) {
            errors.invalid(effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (operator.text()) {
            case "", "Equal" -> {
                List<String> messages = Names.labelValue(value.text());
                if (!messages.isEmpty()) {
                    errors.invalid(operator, value.text(), String.join(";", messages));
                }
            }
            case "Exists" -> {
                if (!value.empty()) {
                    errors.invalid(operator, value.text(), "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> errors.notSupported(operator, List.of("Equal", "Exists"));
        }
        if (!effect.empty()) {
            errors.oneOf(effect, EFFECTS);
        }
    }

    /** A running Pod may tolerate more, never less. */
    static void onlyAdded(Field next, Field current, Errors errors) {
        for (Field old : current.items()) {
            if (next.items().stream().noneMatch(each -> sameButSeconds(each.value(), old.value()))) {
                errors.forbidden(next, "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static boolean sameButSeconds(JsonNode left, JsonNode right) {
        return withoutSeconds(left).equals(withoutSeconds(right));
    }

    private static JsonNode withoutSeconds(JsonNode toleration) {
        return toleration.deepCopy() instanceof ObjectNode copy ? copy.without("tolerationSeconds") : toleration;
    }
}
