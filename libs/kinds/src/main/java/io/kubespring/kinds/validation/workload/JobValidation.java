package io.kubespring.kinds.validation.workload;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.List;

/** Jobs: their Pods end, and what makes them what they are is fixed. */
public final class JobValidation implements KindValidation {

    private static final List<String> FIXED =
            List.of("completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy");

    @Override
    public void create(Field job, Errors errors) {
        JobSelectorRules.generated(job, errors);
        spec(job, errors);
        hostNames(job, errors);
    }

    private static void spec(Field job, Errors errors) {
        Field spec = job.at("spec");
        JobSpecRules.check(spec, errors);
        if (spec.at("selector").absent()) {
            errors.required(spec.at("selector"), "");
        } else {
            LabelValidation.selector(spec.at("selector"), errors);
        }
        SelectorRules.fits(spec, errors);
    }

    /** Pods of an Indexed Job are named after it and their index. */
    private static void hostNames(Field job, Errors errors) {
        Field spec = job.at("spec");
        long completions = spec.at("completions").number();
        if (JobSpecRules.isIndexed(spec) && completions > 0) {
            Field name = job.at("metadata", "name");
            String last = name.text() + "-" + (completions - 1);
            if (!Names.dnsLabel(last).isEmpty()) {
                errors.invalid(name, "will not able to create pod with invalid DNS label: " + last);
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        Field spec = next.at("spec");
        Field old = current.at("spec");
        completions(spec, old, errors);
        errors.immutable(spec.at("selector"), old.at("selector"));
        JobTemplateRule.check(next, current, errors);
        for (String each : FIXED) {
            errors.immutable(spec.at(each), old.at(each));
        }
    }

    /** Indexed Jobs are elastic: as many at once as there are in all. */
    private static void completions(Field spec, Field old, Errors errors) {
        Field completions = spec.at("completions");
        if (!JobSpecRules.isIndexed(spec)) {
            errors.immutable(completions, old.at("completions"));
        } else if (!completions.sameAs(old.at("completions"))
                && completions.present()
                && completions.number() != spec.at("parallelism").number()) {
            errors.invalid(completions, "can only be modified in tandem with spec.parallelism");
        }
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            new JobStatusRules(next, current, errors).check();
        }
    }
}
