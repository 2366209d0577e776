package io.kubespring.kinds.validation.admission;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ValidatingAdmissionPolicyBindings and MutatingAdmissionPolicyBindings. */
public final class PolicyBindingValidation implements KindValidation {

    private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");

    private final boolean mutating;

    public PolicyBindingValidation(boolean mutating) {
        this.mutating = mutating;
    }

    @Override
    public void create(Field binding, Errors errors) {
        Field spec = binding.at("spec");
        Field policy = spec.at("policyName");
        if (policy.empty()) {
            errors.required(policy, "");
        } else {
            errors.invalid(policy, Names.dnsSubdomain(policy.text()));
        }
        if (spec.at("paramRef").present()) {
            parameter(spec.at("paramRef"), errors);
        }
        if (spec.at("matchResources").present()) {
            AdmissionRules.matchResources(spec.at("matchResources"), errors);
            if (mutating) {
                AdmissionRules.mutable(spec.at("matchResources"), errors);
            }
        }
        if (!mutating) {
            actions(spec.at("validationActions"), errors);
        }
    }

    private static void parameter(Field parameter, Errors errors) {
        Field name = parameter.at("name");
        Field selector = parameter.at("selector");
        String exclusive = "name and selector are mutually exclusive";
        if (!name.empty()) {
            errors.invalid(name, Names.pathSegment(name.text()));
            if (selector.present()) {
                errors.forbidden(name, exclusive);
            }
        }
        if (selector.present()) {
            LabelValidation.selector(selector, errors);
            if (!name.empty()) {
                errors.forbidden(selector, exclusive);
            }
        } else if (name.empty()) {
            errors.required(parameter, "one of name or selector must be specified");
        }
        Field action = parameter.at("parameterNotFoundAction");
        if (action.empty()) {
            errors.required(action, "");
        } else if (!List.of("Deny", "Allow").contains(action.text())) {
            errors.notSupportedOf(action, "Deny", "Allow");
        }
    }

    private static void actions(Field actions, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field action : actions.items()) {
            errors.oneOf(action, ACTIONS);
            if (!seen.add(action.text())) {
                errors.duplicate(action);
            }
        }
        if (seen.contains("Deny") && seen.contains("Warn")) {
            errors.invalid(
                    actions,
                    "must not contain both Deny and Warn (repeating the same validation failure information in the API"
                            + " response and headers serves no purpose)");
        }
        if (seen.isEmpty()) {
            errors.required(actions, "at least one validation action is required");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
