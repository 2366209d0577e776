package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** CronJobs: the names of their Jobs get eleven characters more. */
public final class CronJobValidation implements KindValidation {

    private static final int NAME_MAX = 52;

    @Override
    public void create(Field cronJob, Errors errors) {
        if (cronJob.at("metadata", "name").text().length() > NAME_MAX) {
            errors.invalid(cronJob.at("metadata", "name"), "must be no more than " + NAME_MAX + " characters");
        }
        check(cronJob.at("spec"), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        check(next.at("spec"), errors);
    }

    private static void check(Field spec, Errors errors) {
        schedule(spec, errors);
        errors.requireOneOf(spec.at("concurrencyPolicy"), List.of("Allow", "Forbid", "Replace"));
        for (String each : List.of("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")) {
            errors.nonNegative(spec.at(each));
        }
        Field template = spec.at("jobTemplate", "spec");
        if (template.at("manualSelector").flag()) {
            errors.notSupported(template.at("manualSelector"), List.of("nil", "false"));
        }
        JobValidation.spec(template, errors);
    }

    private static void schedule(Field spec, Errors errors) {
        Field schedule = spec.at("schedule");
        if (schedule.empty()) {
            errors.required(schedule, "");
        } else if (schedule.text().contains("TZ")) {
            errors.invalid(schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else {
            int fields = schedule.text().strip().split("\\s+").length;
            if (!schedule.text().startsWith("@") && fields != 5) {
                errors.invalid(
                        schedule,
                        "expected exactly 5 fields, found " + fields + ": ["
                                + schedule.text().strip() + "]");
            }
        }
        Field zone = spec.at("timeZone");
        if (!zone.present()) {
            return;
        }
        if (zone.empty()) {
            errors.invalid(zone, "timeZone must be nil or non-empty string");
        } else if (zone.isText("Local")) {
            errors.invalid(
                    zone, "timeZone must be an explicit time zone as defined in" + " https://www.iana.org/time-zones");
        } else {
            try {
                ZoneId.of(zone.text());
            } catch (DateTimeException unknown) {
                errors.invalid(zone, "unknown time zone " + zone.text());
            }
        }
    }
}
