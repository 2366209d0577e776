package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Jobs and CronJobs. */
final class BatchColumns {

    private static final String[] CRON_TEMPLATE = {"spec", "jobTemplate", "spec", "template"};

    private BatchColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "batch",
                "Job",
                Column.objectName(),
                Column.text("Status", "How far the job is", BatchColumns::status),
                Column.text("Completions", "Pods that succeeded of those needed", BatchColumns::completions),
                Column.timed("Duration", "How long it ran", BatchColumns::duration),
                Column.age(),
                Templates.containersColumn("spec", "template"),
                Templates.imagesColumn("spec", "template"),
                Templates.selectorColumn("spec", "selector"));
        registry.put(
                "batch",
                "CronJob",
                Column.objectName(),
                Column.field("Schedule", "When it runs, in cron's form", "spec", "schedule"),
                Column.text(
                        "Timezone",
                        "Where the schedule's clock is",
                        it -> Fields.textOr(Fields.NONE, it, "spec", "timeZone")),
                Column.text("Suspend", "Whether it is suspended", it -> Fields.flag(at(it, "spec", "suspend")))
                        .declared("boolean"),
                Column.integer(
                        "Active",
                        "Jobs that run now",
                        it -> at(it, "status", "active").size()),
                Column.timed("Last Schedule", "When it last ran", BatchColumns::lastSchedule),
                Column.age(),
                Templates.containersColumn(CRON_TEMPLATE),
                Templates.imagesColumn(CRON_TEMPLATE),
                Templates.selectorColumn("spec", "jobTemplate", "spec", "selector"));
    }

    private static String status(ObjectNode job) {
        if (Fields.conditionTrue(job, "Complete")) {
            return "Complete";
        }
        if (Fields.conditionTrue(job, "Failed")) {
            return "Failed";
        }
        if (Fields.deleted(job)) {
            return "Terminating";
        }
        for (String each : new String[] {"Suspended", "FailureTarget", "SuccessCriteriaMet"}) {
            if (Fields.conditionTrue(job, each)) {
                return each;
            }
        }
        return "Running";
    }

    private static String completions(ObjectNode job) {
        long succeeded = number(job, "status", "succeeded");
        if (at(job, "spec", "completions").isNumber()) {
            return succeeded + "/" + number(job, "spec", "completions");
        }
        long parallelism = number(job, "spec", "parallelism");
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(ObjectNode job, Instant now) {
        Instant start = HumanDuration.parse(text(job, "status", "startTime"));
        if (start == null) {
            return "";
        }
        Instant end = HumanDuration.parse(text(job, "status", "completionTime"));
        return HumanDuration.of(Duration.between(start, end == null ? now : end));
    }

    private static String lastSchedule(ObjectNode job, Instant now) {
        String last = text(job, "status", "lastScheduleTime");
        return last.isEmpty() ? Fields.NONE : HumanDuration.since(last, now);
    }
}
