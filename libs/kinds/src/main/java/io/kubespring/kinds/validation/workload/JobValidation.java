package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import java.util.List;

/** Jobs: their Pods end, and what makes them what they are is fixed. */
public final class JobValidation implements KindValidation {

    private static final List<String> COUNTS = List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished",
            "backoffLimitPerIndex",
            "maxFailedIndexes");

    @Override
    public void create(Field job, Errors errors) {
        Field spec = job.at("spec");
        spec(spec, errors);
        if (spec.at("selector").absent()) {
            errors.required(spec.at("selector"), "");
        } else {
            LabelValidation.selector(spec.at("selector"), errors);
        }
    }

    /** What a Job's spec and a CronJob's template have in common. */
    static void spec(Field spec, Errors errors) {
        COUNTS.forEach(each -> errors.nonNegative(spec.at(each)));
        Field mode = spec.at("completionMode");
        if (mode.present()) {
            errors.oneOf(mode, List.of("NonIndexed", "Indexed"));
            if (mode.isText("Indexed") && spec.at("completions").absent()) {
                errors.required(spec.at("completions"), "when completion mode is Indexed");
            }
        }
        Field template = spec.at("template");
        if (template.absent()) {
            errors.required(template, "");
            return;
        }
        PodTemplateValidation.check(template, errors);
        Field policy = template.at("spec", "restartPolicy");
        if (policy.isText("Always")) {
            errors.required(policy, "valid values: \"OnFailure\", \"Never\"");
        } else if (!policy.isText("OnFailure") && !policy.isText("Never")) {
            errors.notSupported(policy, List.of("OnFailure", "Never"));
        }
        if (spec.at("podFailurePolicy").present() && !policy.isText("Never")) {
            errors.invalid(policy, "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        Field spec = next.at("spec");
        Field old = current.at("spec");
        boolean indexed = spec.at("completionMode").isText("Indexed");
        boolean elastic = indexed && spec.at("completions").sameAs(spec.at("parallelism"));
        if (!elastic) {
            errors.immutable(spec.at("completions"), old.at("completions"));
        }
        for (String each :
                List.of("selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy")) {
            errors.immutable(spec.at(each), old.at(each));
        }
        boolean notStarted =
                old.at("suspend").flag() && current.at("status", "startTime").absent();
        if (!notStarted) {
            errors.immutable(spec.at("template"), old.at("template"));
        }
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            for (String each : List.of("active", "succeeded", "failed", "ready", "terminating")) {
                errors.nonNegative(next.at("status", each));
            }
        }
    }
}
