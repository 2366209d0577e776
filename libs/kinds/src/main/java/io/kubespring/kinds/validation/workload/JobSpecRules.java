package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.NameChecks;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import java.util.List;

/** What a Job's spec and a CronJob's template of one have in common. */
final class JobSpecRules {

    private static final List<String> COUNTS = List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished",
            "backoffLimitPerIndex",
            "maxFailedIndexes");
    private static final int MANAGED_BY_MAX = 63;
    private static final int MANY = 100_000;
    private static final int MANY_AT_ONCE = 10_000;
    private static final String INDEXED = "requires indexed completion mode";

    private JobSpecRules() {}

    static boolean isIndexed(Field spec) {
        return spec.at("completionMode").isText("Indexed");
    }

    static void check(Field spec, Errors errors) {
        COUNTS.forEach(each -> errors.nonNegative(spec.at(each)));
        if (spec.at("maxFailedIndexes").present()
                && spec.at("backoffLimitPerIndex").absent()) {
            errors.required(spec.at("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
        managedBy(spec.at("managedBy"), errors);
        Field mode = spec.at("completionMode");
        if (mode.present() && !mode.isText("NonIndexed") && !mode.isText("Indexed")) {
            errors.notSupportedOf(mode, "NonIndexed", "Indexed");
        }
        if (isIndexed(spec)) {
            indexed(spec, errors);
        } else if (mode.absent() || mode.isText("NonIndexed")) {
            for (String each : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                if (spec.at(each).present()) {
                    errors.invalid(spec.at(each), INDEXED);
                }
            }
        }
        policies(spec, errors);
        PodTemplateValidation.check(spec.at("template"), errors);
        restartPolicy(spec, errors);
    }

    private static void managedBy(Field controller, Errors errors) {
        if (controller.present()) {
            NameChecks.domainPrefixedPath(controller, errors);
            if (controller.text().length() > MANAGED_BY_MAX) {
                errors.tooLong(controller, MANAGED_BY_MAX);
            }
        }
    }

    private static void indexed(Field spec, Errors errors) {
        Field completions = spec.at("completions");
        Field parallelism = spec.at("parallelism");
        Field failures = spec.at("maxFailedIndexes");
        if (completions.absent()) {
            errors.required(completions, "when completion mode is Indexed");
        }
        if (parallelism.number() > MANY) {
            errors.invalid(parallelism, "must be less than or equal to " + MANY + " when completion mode is Indexed");
        }
        if (completions.present() && failures.number() > completions.number()) {
            errors.invalid(failures, "must be less than or equal to completions");
        }
        if (failures.number() > MANY) {
            errors.invalid(failures, "must be less than or equal to " + MANY);
        }
        if (completions.number() > MANY && spec.at("backoffLimitPerIndex").present()) {
            if (failures.absent()) {
                errors.required(failures, "must be specified when completions is above " + MANY);
            }
            for (Field each : List.of(parallelism, failures)) {
                if (each.number() > MANY_AT_ONCE) {
                    errors.invalid(
                            each,
                            "must be less than or equal to " + MANY_AT_ONCE + " when completions are above " + MANY
                                    + " and used with backoff limit per index");
                }
            }
        }
    }

    private static void policies(Field spec, Errors errors) {
        Field failure = spec.at("podFailurePolicy");
        Field success = spec.at("successPolicy");
        Field replacement = spec.at("podReplacementPolicy");
        if (failure.present()) {
            PodFailurePolicyRules.check(spec, errors);
        }
        if (success.present()) {
            if (isIndexed(spec)) {
                SuccessPolicyRules.check(spec, errors);
            } else {
                errors.invalid(success, INDEXED);
            }
        }
        if (replacement.present() && failure.present() && !replacement.isText("Failed")) {
            errors.notSupportedOf(replacement, "Failed");
        } else if (replacement.present() && failure.absent()) {
            errors.oneOf(replacement, List.of("Failed", "TerminatingOrFailed"));
        }
    }

    private static void restartPolicy(Field spec, Errors errors) {
        Field policy = spec.at("template", "spec").at("restartPolicy");
        if (policy.empty() || policy.isText("Always")) {
            errors.required(policy, "valid values: \"OnFailure\", \"Never\"");
        } else if (!policy.isText("OnFailure") && !policy.isText("Never")) {
            errors.notSupportedOf(policy, "OnFailure", "Never");
        } else if (spec.at("podFailurePolicy").present() && !policy.isText("Never")) {
            errors.invalid(policy, "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }
}
