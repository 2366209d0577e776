package io.kubespring.kinds.validation.extension;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.WebhookTargets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How objects of a custom resource get from one version to another. Errors name the fields as upstream keeps them. */
final class ConversionRules {

    private static final List<String> REVIEWS = List.of("v1", "v1beta1");

    private ConversionRules() {}

    static void check(Field spec, Errors errors) {
        Field conversion = spec.at("conversion");
        if (conversion.absent()) {
            return;
        }
        Field strategy = conversion.at("strategy");
        if (!strategy.isText("None") && spec.at("preserveUnknownFields").flag()) {
            errors.invalid(strategy, "must be None if spec.preserveUnknownFields is true");
        }
        if (strategy.empty()) {
            errors.required(strategy, "");
        } else if (!strategy.isText("None") && !strategy.isText("Webhook")) {
            errors.notSupportedOf(strategy, "None", "Webhook");
        }
        Field webhook = conversion.at("webhook");
        Field config = conversion
                .at("webhookClientConfig")
                .withValue(webhook.at("clientConfig").value());
        Field versions = conversion
                .at("conversionReviewVersions")
                .withValue(webhook.at("conversionReviewVersions").value());
        if (!strategy.isText("Webhook")) {
            for (Field each : List.of(config, versions)) {
                if (!each.empty() || each.value().isObject()) {
                    errors.forbidden(each, "should not be set when strategy is not set to Webhook");
                }
            }
            return;
        }
        if (config.absent()) {
            errors.required(config, "required when strategy is set to Webhook");
        } else {
            WebhookTargets.clientConfig(config, errors);
        }
        reviews(versions, errors);
    }

    private static void reviews(Field versions, Errors errors) {
        if (versions.empty()) {
            errors.required(versions, "");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Field version : versions.items()) {
            if (!seen.add(version.text())) {
                errors.invalid(version, "duplicate version");
                continue;
            }
            errors.invalid(version, Names.rfc1035Label(version.text()));
        }
        if (seen.stream().noneMatch(REVIEWS::contains)) {
            errors.invalid(versions, "must include at least one of " + String.join(", ", REVIEWS));
        }
    }
}
