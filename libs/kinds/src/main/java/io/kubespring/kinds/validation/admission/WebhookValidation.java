package io.kubespring.kinds.validation.admission;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.NameChecks;
import io.kubespring.kinds.validation.meta.WebhookTargets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * ValidatingWebhookConfigurations and MutatingWebhookConfigurations. What was stored before a rule existed may stay as it
 * is.
 */
public final class WebhookValidation implements KindValidation {

    private static final List<String> VERSIONS = List.of("v1", "v1beta1");
    private static final List<String> NO_SIDE_EFFECTS = List.of("None", "NoneOnDryRun");
    private static final List<String> SIDE_EFFECTS = List.of("None", "NoneOnDryRun", "Some", "Unknown");
    private static final int TIMEOUT_MAX = 30;

    private final boolean mutating;

    public WebhookValidation(boolean mutating) {
        this.mutating = mutating;
    }

    @Override
    public void create(Field configuration, Errors errors) {
        check(configuration, NO_SIDE_EFFECTS, true, true, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        List<Field> before = current.at("webhooks").items();
        boolean harmless = before.stream()
                .allMatch(
                        each -> NO_SIDE_EFFECTS.contains(each.at("sideEffects").text()));
        boolean known = before.stream().allMatch(each -> {
            List<String> versions = each.at("admissionReviewVersions").texts();
            return versions.isEmpty() || versions.stream().anyMatch(VERSIONS::contains);
        });
        boolean unique =
                before.stream().map(each -> each.at("name").text()).distinct().count() == before.size();
        check(next, harmless ? NO_SIDE_EFFECTS : SIDE_EFFECTS, known, unique, errors);
    }

    private void check(Field configuration, List<String> sideEffects, boolean known, boolean unique, Errors errors) {
        Set<String> names = new HashSet<>();
        for (Field hook : configuration.at("webhooks").items()) {
            webhook(hook, sideEffects, errors);
            versions(hook.at("admissionReviewVersions"), known, errors);
            Field name = hook.at("name");
            if (unique && !name.empty() && !names.add(name.text())) {
                errors.duplicate(name);
            }
        }
    }

    private void webhook(Field hook, List<String> sideEffects, Errors errors) {
        NameChecks.fullyQualified(hook.at("name"), errors);
        hook.at("rules").items().forEach(each -> AdmissionRules.rule(each, errors));
        if (hook.at("failurePolicy").present()) {
            errors.oneOf(hook.at("failurePolicy"), AdmissionRules.FAILURE_POLICIES);
        }
        AdmissionRules.matchPolicy(hook.at("matchPolicy"), errors);
        Field effects = hook.at("sideEffects");
        if (effects.absent()) {
            errors.required(effects, "must specify one of " + String.join(", ", sideEffects));
        } else {
            errors.oneOf(effects, sideEffects);
        }
        Field timeout = hook.at("timeoutSeconds");
        if (timeout.present() && (timeout.number() < 1 || timeout.number() > TIMEOUT_MAX)) {
            errors.invalid(timeout, "the timeout value must be between 1 and 30 seconds");
        }
        LabelValidation.selector(hook.at("namespaceSelector"), errors);
        LabelValidation.selector(hook.at("objectSelector"), errors);
        if (mutating && hook.at("reinvocationPolicy").present()) {
            errors.oneOf(hook.at("reinvocationPolicy"), List.of("IfNeeded", "Never"));
        }
        WebhookTargets.clientConfig(hook.at("clientConfig"), errors);
        AdmissionRules.conditions(hook.at("matchConditions"), errors);
    }

    private static void versions(Field versions, boolean known, Errors errors) {
        List<Field> all = versions.items();
        if (all.isEmpty()) {
            errors.required(versions, "must specify one of " + String.join(", ", VERSIONS));
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Field version : all) {
            if (!seen.add(version.text())) {
                errors.invalid(version, "duplicate version");
                continue;
            }
            errors.invalid(version, Names.rfc1035Label(version.text()));
        }
        if (known && seen.stream().noneMatch(VERSIONS::contains)) {
            errors.invalid(versions, "must include at least one of " + String.join(", ", VERSIONS));
        }
    }
}
