package io.kubespring.kinds.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** Jobs and CronJobs. */
final class BatchDefaults {

    private BatchDefaults() {}

    static void job(ObjectNode job) {
        ObjectNode spec = Absent.object(job, "spec");
        if (!spec.hasNonNull("completions") && !spec.hasNonNull("parallelism")) {
            spec.put("completions", 1);
        }
        Absent.pointer(spec, "parallelism", 1);
        Absent.pointer(spec, "backoffLimit", spec.hasNonNull("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6);
        ObjectNode labels = CoreDefaults.templateLabels(spec);
        if (labels != null) {
            CoreDefaults.labelsFromTemplate(job, labels);
        }
        Absent.pointer(spec, "completionMode", "NonIndexed");
        Absent.pointer(spec, "suspend", false);
        Absent.pointer(spec, "manualSelector", false);
        ObjectNode failurePolicy = Absent.existing(spec, "podFailurePolicy");
        for (ObjectNode rule : Absent.each(failurePolicy, "rules")) {
            for (ObjectNode condition : Absent.each(rule, "onPodConditions")) {
                Absent.text(condition, "status", "True");
            }
        }
        Absent.pointer(spec, "podReplacementPolicy", failurePolicy != null ? "Failed" : "TerminatingOrFailed");
        PodDefaults.template(spec);
    }

    /** The Job's own defaults wait until a Job is made from the template, as upstream. */
    static void cronJob(ObjectNode cronJob) {
        ObjectNode spec = Absent.object(cronJob, "spec");
        Absent.text(spec, "concurrencyPolicy", "Allow");
        Absent.pointer(spec, "suspend", false);
        Absent.pointer(spec, "successfulJobsHistoryLimit", 3);
        Absent.pointer(spec, "failedJobsHistoryLimit", 1);
        ObjectNode template = Absent.object(spec, "jobTemplate");
        Absent.object(template, "metadata");
        PodDefaults.template(Absent.object(template, "spec"));
    }
}
