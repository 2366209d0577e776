package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;

/** The indexes that a Job's status says have completed and failed. */
final class JobIndexRules {

    private final Field spec;
    private final Field completed;
    private final Field failed;
    private final boolean completedChanged;
    private final boolean failedChanged;
    private final Errors errors;

    JobIndexRules(Field spec, Field status, Field before, Errors errors) {
        this.spec = spec;
        this.completed = status.at("completedIndexes");
        this.failed = status.at("failedIndexes");
        this.completedChanged = !Semantics.equal(
                completed.value(), before.at("completedIndexes").value());
        this.failedChanged =
                !Semantics.equal(failed.value(), before.at("failedIndexes").value());
        this.errors = errors;
    }

    void check() {
        Field completions = spec.at("completions");
        boolean perIndex = spec.at("backoffLimitPerIndex").present();
        if (completedChanged && completions.present()) {
            readable(completed, completions.number());
        }
        if (failedChanged && completions.present() && perIndex && failed.present()) {
            readable(failed, completions.number());
        }
        if (completedChanged && !completed.empty() && !JobSpecRules.isIndexed(spec)) {
            errors.invalid(completed, "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (failedChanged && !perIndex && failed.present()) {
            errors.invalid(failed, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        if ((completedChanged || failedChanged) && completions.present()) {
            long overlap = JobIndexes.readable(completed.text(), completions.number())
                    .overlap(JobIndexes.readable(failed.text(), completions.number()));
            if (overlap >= 0) {
                errors.invalid(failed, "failedIndexes and completedIndexes overlap at index: " + overlap);
            }
        }
    }

    private void readable(Field indexes, long completions) {
        try {
            JobIndexes.parse(indexes.text(), completions);
        } catch (IllegalArgumentException unreadable) {
            errors.invalid(indexes, "error parsing " + indexes.name() + ": " + unreadable.getMessage());
        }
    }
}
