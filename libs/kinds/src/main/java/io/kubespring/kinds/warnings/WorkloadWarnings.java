package io.kubespring.kinds.warnings;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.ArrayList;
import java.util.List;

/** What upstream warns of in workloads beyond their templates. */
public final class WorkloadWarnings {

    private WorkloadWarnings() {}

    /** Names that Pods are named after. */
    public static List<String> name(Field workload) {
        List<String> messages = Names.dnsLabel(workload.at("metadata", "name").text());
        return messages.isEmpty()
                ? List.of()
                : List.of("metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                        + " behavior; a DNS label is recommended: [" + String.join(" ", messages) + "]");
    }

    public static List<String> statefulSet(Field statefulSet) {
        Field spec = statefulSet.at("spec");
        List<String> warnings = new ArrayList<>();
        for (Field claim : spec.at("volumeClaimTemplates").items()) {
            for (String list : List.of("requests", "limits")) {
                // Upstream's path leaves the claim's spec out.
                Field amount = claim.at("resources", list)
                        .key("storage")
                        .withValue(claim.at("spec", "resources")
                                .at(list)
                                .at("storage")
                                .value());
                Quantity storage = Quantities.read(amount);
                if (storage != null && storage.milliValue() % 1000 != 0) {
                    warnings.add(amount.path() + ": fractional byte value \"" + storage
                            + "\" is invalid, must be an integer");
                }
            }
        }
        Field limit = spec.at("revisionHistoryLimit");
        if (limit.number() < 0) {
            warnings.add(
                    limit.path() + ": a negative value retains all historical revisions; a value >= 0 is recommended");
        }
        return warnings;
    }

    /** @param spec of a Job, or of a CronJob's template */
    public static List<String> job(Field spec) {
        boolean huge = spec.at("completionMode").isText("Indexed")
                && spec.at("completions").number() > 100_000
                && spec.at("parallelism").number() > 10_000;
        return huge
                ? List.of(spec.path()
                        + ": In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher"
                        + " than 10^4, Kubernetes might not be able to track completedIndexes when a big number of"
                        + " indexes fail")
                : List.of();
    }

    public static List<String> cronJob(Field cronJob) {
        List<String> warnings =
                new ArrayList<>(job(cronJob.at("spec", "jobTemplate").at("spec")));
        if (cronJob.at("spec", "schedule").text().contains("TZ")) {
            warnings.add("CRON_TZ or TZ used in spec.schedule is not officially supported, see"
                    + " https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
        return warnings;
    }
}
