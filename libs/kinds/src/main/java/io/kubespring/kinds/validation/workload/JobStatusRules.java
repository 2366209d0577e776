package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a controller may write into a Job's status, the built-in one or another ({@code managedBy}, KEP-4368). A rule
 * only holds where something it speaks of changes, so that an old mistake does not stop every later write.
 */
final class JobStatusRules {

    private static final String COMPLETE = "Complete";
    private static final String FAILED = "Failed";
    private static final String FAILURE_TARGET = "FailureTarget";
    private static final String CRITERIA_MET = "SuccessCriteriaMet";

    private final Field spec;
    private final Field status;
    private final Field before;
    private final Field conditions;
    private final Errors errors;

    JobStatusRules(Field next, Field current, Errors errors) {
        this.spec = next.at("spec");
        this.status = next.at("status");
        this.before = current.at("status");
        this.conditions = status.at("conditions");
        this.errors = errors;
    }

    static boolean isTrue(Field conditions, String type) {
        return conditions.items().stream()
                .anyMatch(each ->
                        each.at("type").isText(type) && each.at("status").isText("True"));
    }

    void check() {
        StatusCounts.nonNegative(status, List.of("active", "succeeded", "failed", "ready", "terminating"), errors);
        uncounted();
        outcome();
        completion();
        finished();
        new JobIndexRules(spec, status, before, errors).check();
        running();
        success();
        transitions();
    }

    private boolean is(String type) {
        return isTrue(conditions, type);
    }

    private boolean turned(String type) {
        return is(type) != isTrue(before.at("conditions"), type);
    }

    private boolean isFinished() {
        return is(COMPLETE) || is(FAILED);
    }

    private boolean ended() {
        Field old = before.at("conditions");
        return isFinished() != (isTrue(old, COMPLETE) || isTrue(old, FAILED));
    }

    private boolean changed(String field) {
        return !Semantics.equal(status.at(field).value(), before.at(field).value());
    }

    private void uncounted() {
        Set<String> seen = new HashSet<>();
        for (String list : List.of("succeeded", "failed")) {
            for (Field uid : status.at("uncountedTerminatedPods", list).items()) {
                if (uid.empty()) {
                    errors.invalid(uid, "must not be empty");
                } else if (!seen.add(uid.text())) {
                    errors.duplicate(uid);
                }
            }
        }
    }

    private void outcome() {
        if ((turned(COMPLETE) || turned(FAILED)) && is(COMPLETE) && is(FAILED)) {
            errors.invalidUnshown(conditions, "cannot set Complete=True and Failed=true conditions");
        }
        if ((turned(COMPLETE) || turned(FAILURE_TARGET)) && is(COMPLETE) && is(FAILURE_TARGET)) {
            errors.invalidUnshown(conditions, "cannot set Complete=True and FailureTarget=true conditions");
        }
    }

    private void completion() {
        Field time = status.at("completionTime");
        if (turned(COMPLETE) || changed("completionTime")) {
            if (time.present() && !is(COMPLETE)) {
                errors.invalid(time, "cannot set completionTime when there is no Complete=True condition");
            }
            if (time.absent() && is(COMPLETE)) {
                errors.required(time, "completionTime is required for Complete jobs");
            }
        }
        Field start = status.at("startTime");
        if ((changed("startTime") || changed("completionTime")) && isBefore(time, start)) {
            errors.invalid(time, "must be equal to or after `startTime`");
        }
    }

    private static boolean isBefore(Field one, Field other) {
        try {
            return one.present() && other.present() && Instant.parse(one.text()).isBefore(Instant.parse(other.text()));
        } catch (DateTimeParseException refusedByTheSchema) {
            return false;
        }
    }

    private void finished() {
        if ((turned(FAILED) || changed("failedIndexes")) && is(FAILED) && !is(FAILURE_TARGET)) {
            errors.invalidUnshown(
                    conditions, "cannot set Failed=True condition without the FailureTarget=true condition");
        }
        if ((turned(COMPLETE) || turned(CRITERIA_MET)) && is(COMPLETE) && !is(CRITERIA_MET)) {
            errors.invalidUnshown(
                    conditions, "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        }
        if (!isFinished()) {
            return;
        }
        Field active = status.at("active");
        if ((ended() || changed("active")) && active.number() > 0) {
            errors.invalid(active, "active>0 is invalid for finished job");
        }
        Field start = status.at("startTime");
        if ((ended() || changed("startTime")) && start.absent()) {
            errors.required(start, "startTime is required for finished job");
        }
        Field uncounted = status.at("uncountedTerminatedPods");
        if ((ended() || changed("uncountedTerminatedPods"))
                && !(uncounted.at("succeeded").empty() && uncounted.at("failed").empty())) {
            errors.invalid(uncounted, "must be empty for finished job");
        }
    }

    private void running() {
        Field terminating = status.at("terminating");
        if ((ended() || changed("terminating")) && isFinished() && terminating.number() > 0) {
            errors.invalid(terminating, "terminating>0 is invalid for finished job");
        }
        Field ready = status.at("ready");
        if ((changed("ready") || changed("active"))
                && ready.number() > status.at("active").number()) {
            errors.invalid(ready, "cannot set more ready pods than active");
        }
    }

    private void success() {
        if (is(CRITERIA_MET) && is(FAILED)) {
            errors.invalidUnshown(conditions, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
        }
        if (is(CRITERIA_MET) && is(FAILURE_TARGET)) {
            errors.invalidUnshown(conditions, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
        }
        if (spec.at("successPolicy").present() && !is(CRITERIA_MET) && is(COMPLETE)) {
            errors.invalidUnshown(
                    conditions, "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
        }
    }

    private void transitions() {
        Field old = before.at("conditions");
        for (String each : List.of(FAILED, COMPLETE, FAILURE_TARGET)) {
            if (isTrue(old, each) && !is(each)) {
                errors.invalidUnshown(conditions, "cannot disable the terminal " + each + "=True condition");
            }
        }
        boolean elastic = JobSpecRules.isIndexed(spec) && spec.at("completions").sameAs(spec.at("parallelism"));
        for (String each : elastic ? List.of("failed") : List.of("failed", "succeeded")) {
            if (status.at(each).number() < before.at(each).number()) {
                errors.invalid(status.at(each), status.at(each).number(), "cannot decrease the " + each + " counter");
            }
        }
        Field completion = status.at("completionTime");
        if (completion.present() && before.at("completionTime").present() && changed("completionTime")) {
            errors.invalid(completion, "field is immutable");
        }
        if (before.at("startTime").present()
                && changed("startTime")
                && !spec.at("suspend").flag()) {
            errors.required(status.at("startTime"), "startTime cannot be removed for unsuspended job");
        }
        if (isTrue(old, CRITERIA_MET) && !is(CRITERIA_MET)) {
            errors.invalidUnshown(conditions, "cannot disable the SuccessCriteriaMet=True condition");
        }
        if (isTrue(old, COMPLETE) && !isTrue(old, CRITERIA_MET) && is(CRITERIA_MET)) {
            errors.invalidUnshown(
                    conditions, "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
        }
    }
}
