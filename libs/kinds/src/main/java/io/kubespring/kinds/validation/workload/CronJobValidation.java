package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** CronJobs: the names of their Jobs get eleven characters more. */
public final class CronJobValidation implements KindValidation {

    private static final int NAME_MAX = 52;
    private static final Pattern ZONE_PART = Pattern.compile("[A-Za-z._0-9+][A-Za-z.\\-_0-9+]{0,13}");

    @Override
    public void create(Field cronJob, Errors errors) {
        check(cronJob.at("spec"), false, true, errors);
        if (cronJob.at("metadata", "name").text().length() > NAME_MAX) {
            errors.invalid(cronJob.at("metadata", "name"), "must be no more than " + NAME_MAX + " characters");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        Field old = current.at("spec");
        check(
                next.at("spec"),
                old.at("schedule").text().contains("TZ"),
                !next.at("spec", "timeZone").sameAs(old.at("timeZone")),
                errors);
    }

    /** @param zoned whether the schedule may name a zone, because it does already */
    private static void check(Field spec, boolean zoned, boolean newZone, Errors errors) {
        schedule(spec, zoned, errors);
        errors.nonNegative(spec.at("startingDeadlineSeconds"));
        if (newZone && spec.at("timeZone").present()) {
            zone(spec.at("timeZone"), errors);
        }
        Field concurrency = spec.at("concurrencyPolicy");
        if (concurrency.empty()) {
            errors.required(concurrency, "");
        } else {
            errors.oneOf(concurrency, List.of("Allow", "Forbid", "Replace"));
        }
        job(spec.at("jobTemplate", "spec"), errors);
        errors.nonNegative(spec.at("successfulJobsHistoryLimit"));
        errors.nonNegative(spec.at("failedJobsHistoryLimit"));
    }

    private static void job(Field job, Errors errors) {
        JobSpecRules.check(job, errors);
        if (job.at("selector").present()) {
            errors.invalid(job.at("selector"), "`selector` will be auto-generated");
        }
        if (job.at("manualSelector").flag()) {
            errors.notSupportedOf(job.at("manualSelector"), "nil", "false");
        }
    }

    private static void schedule(Field spec, boolean zoned, Errors errors) {
        Field schedule = spec.at("schedule");
        if (schedule.empty()) {
            errors.required(schedule, "");
            return;
        }
        try {
            CronSyntax.check(schedule.text());
        } catch (IllegalArgumentException unreadable) {
            errors.invalid(schedule, String.valueOf(unreadable.getMessage()));
        }
        boolean naming = schedule.text().contains("TZ");
        if (naming && zoned && spec.at("timeZone").present()) {
            errors.invalid(schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        } else if (naming && !zoned) {
            errors.invalid(schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
    }

    private static void zone(Field zone, Errors errors) {
        if (zone.empty()) {
            errors.invalid(zone, "timeZone must be nil or non-empty string");
            return;
        }
        for (String part : zone.text().split("/", -1)) {
            if (part.equals(".")
                    || part.equals("..")
                    || !ZONE_PART.matcher(part).matches()) {
                errors.invalid(zone, "unknown time zone " + zone.text());
                return;
            }
        }
        if (zone.text().toLowerCase(Locale.ROOT).equals("local")) {
            errors.invalid(
                    zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        if (!zone.isText("Local") && !TimeZones.isKnown(zone.text())) {
            errors.invalid(zone, "unknown time zone " + zone.text());
        }
    }
}
