package io.kubespring.controllers.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import io.kubespring.controllers.pods.Pods;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts finished Pods exactly once, also over crashes (KEP-2307): first a Pod's uid is written into the status as
 * uncounted, then its finalizer is taken away, then the uid makes room for one more in the count.
 *
 * @param succeeded all that succeeded, uncounted ones included
 * @param failed all that failed, uncounted ones included
 * @param release Pods to let go once the status is written
 */
record JobCounts(int succeeded, int failed, List<Pod> release, boolean allCounted) {

    /** Moves what can be moved, in {@code status}. */
    static JobCounts update(Job job, JobStatus status, Collection<Pod> pods) {
        Set<String> tracked = pods.stream()
                .filter(JobPods::isTracked)
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
        UncountedTerminatedPods before = status.getUncountedTerminatedPods();
        Set<String> succeeded = new LinkedHashSet<>(before == null ? List.of() : before.getSucceeded());
        Set<String> failed = new LinkedHashSet<>(before == null ? List.of() : before.getFailed());
        boolean indexed = JobPods.isIndexed(job);
        if (!indexed) {
            status.setSucceeded(orAbsent(zero(status.getSucceeded()) + settle(succeeded, tracked)));
        }
        status.setFailed(orAbsent(zero(status.getFailed()) + settle(failed, tracked)));
        var release = new ArrayList<Pod>();
        SortedSet<Integer> completed = Indexes.parse(status.getCompletedIndexes());
        for (Pod pod : pods) {
            if (!JobPods.isTracked(pod)) {
                continue;
            }
            if (Pods.phase(pod).equals(Pods.SUCCEEDED)) {
                if (indexed) {
                    completed.add(Indexes.of(pod));
                } else {
                    succeeded.add(pod.getMetadata().getUid());
                }
                release.add(pod);
            } else if (JobPods.hasFailed(pod)) {
                failed.add(pod.getMetadata().getUid());
                release.add(pod);
            }
        }
        if (indexed) {
            completed.remove(-1);
            status.setCompletedIndexes(completed.isEmpty() ? null : Indexes.format(completed));
            status.setSucceeded(orAbsent(completed.size()));
        }
        status.setUncountedTerminatedPods(
                new UncountedTerminatedPods(new ArrayList<>(failed), new ArrayList<>(succeeded)));
        return new JobCounts(
                zero(status.getSucceeded()) + succeeded.size(),
                zero(status.getFailed()) + failed.size(),
                release,
                succeeded.isEmpty() && failed.isEmpty() && release.isEmpty());
    }

    /** Takes those out that are let go already; @return how many */
    private static int settle(Set<String> uncounted, Set<String> tracked) {
        int before = uncounted.size();
        uncounted.removeIf(Predicate.not(tracked::contains));
        return before - uncounted.size();
    }

    static int zero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    static @Nullable Integer orAbsent(int count) {
        return count == 0 ? null : count;
    }
}
