package io.kubespring.controllers.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.ownership.Claims;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.pods.OwnedPods;
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.controllers.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One round of a Job: count finished Pods, decide whether it is complete or has failed, else keep the right number of Pods
 * running. podFailurePolicy, successPolicy and per-index back-off are not followed.
 */
final class JobReconciler implements Reconciler<ObjectKey> {

    private final Lister<Job> jobs;
    private final Lister<Pod> pods;
    private final Resources<Job> client;
    private final Resources<Pod> podClient;
    private final OwnedPods ownedPods;
    private final EventRecorder events;
    private final Expectations<ObjectKey> expectations;
    private final TimeSource time;

    JobReconciler(
            Lister<Job> jobs,
            Lister<Pod> pods,
            KubeClient client,
            EventRecorder events,
            Expectations<ObjectKey> expectations) {
        this.jobs = jobs;
        this.pods = pods;
        this.client = client.resources(Job.class);
        this.podClient = client.resources(Pod.class);
        this.ownedPods = new OwnedPods(new PodControl(client, events), expectations);
        this.events = events;
        this.expectations = expectations;
        this.time = client.time();
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Job job = jobs.get(key.namespace(), key.name());
        if (job == null) {
            expectations.forget(key);
            return Result.DONE;
        }
        List<Pod> owned = claim(job);
        if (JobConditions.isFinished(job.getStatus()) || job.getMetadata().getDeletionTimestamp() != null) {
            release(owned.stream().filter(JobPods::isTracked).toList());
            return Result.DONE;
        }
        return new Round(key, job, owned).run();
    }

    private List<Pod> claim(Job job) {
        return new Claims<>(job, job.getSpec().getSelector(), podClient, client)
                .claim(Owners.candidates(pods, job), pod -> false);
    }

    private void release(Collection<Pod> finished) {
        for (Pod pod : finished) {
            List<String> kept = pod.getMetadata().getFinalizers().stream()
                    .filter(finalizer -> !finalizer.equals(JobPods.TRACKING))
                    .toList();
            var metadata = Map.of(
                    "uid", pod.getMetadata().getUid(),
                    "resourceVersion", pod.getMetadata().getResourceVersion(),
                    "finalizers", kept);
            try {
                Await.done(podClient
                        .inNamespace(pod.getMetadata().getNamespace())
                        .patch(pod.getMetadata().getName(), PatchType.MERGE, Map.of("metadata", metadata)));
            } catch (StatusException failure) {
                if (failure.reason() != StatusReason.NOT_FOUND) {
                    throw failure;
                }
            }
        }
    }

    /** The state of one reconciliation. */
    private final class Round {
        private final ObjectKey key;
        private final Job job;
        private final List<Pod> owned;
        private final List<Pod> active;
        private final JobStatus status;
        private final JobCounts counts;
        private final Instant now = time.now();
        private @Nullable Duration again;
        private @Nullable RuntimeException failure;

        Round(ObjectKey key, Job job, List<Pod> owned) {
            this.key = key;
            this.job = job;
            this.owned = owned;
            this.active = owned.stream().filter(Pods::isActive).toList();
            this.status = job.getStatus() == null ? new JobStatus() : new JobStatusBuilder(job.getStatus()).build();
            this.counts = JobCounts.update(job, status, owned);
        }

        Result run() {
            boolean suspended = Boolean.TRUE.equals(job.getSpec().getSuspend());
            if (status.getStartTime() == null && !suspended) {
                status.setStartTime(now.truncatedTo(ChronoUnit.SECONDS).toString());
            }
            int running = active.size();
            if (judge()) {
                deleteAll(active);
                running = 0;
                finishWhenQuiet();
            } else if (suspended) {
                deleteAll(active);
                running = 0;
                if (JobConditions.set(status, JobConditions.SUSPENDED, true, "JobSuspended", "Job suspended", now)) {
                    events.normal(job, "Suspended", "Job suspended");
                    status.setStartTime(null);
                }
            } else {
                if (JobConditions.isTrue(status, JobConditions.SUSPENDED)) {
                    JobConditions.set(status, JobConditions.SUSPENDED, false, "JobResumed", "Job resumed", now);
                    events.normal(job, "Resumed", "Job resumed");
                }
                running = manage();
            }
            write(running);
            release(counts.release());
            if (failure != null) {
                throw failure;
            }
            return again == null ? Result.DONE : Result.after(again);
        }

        /** Whether the outcome is clear; says so in a condition. */
        private boolean judge() {
            if (JobConditions.isTrue(status, JobConditions.SUCCESS_CRITERIA_MET)
                    || JobConditions.isTrue(status, JobConditions.FAILURE_TARGET)) {
                return true;
            }
            int limit =
                    job.getSpec().getBackoffLimit() == null ? 6 : job.getSpec().getBackoffLimit();
            Duration left = untilDeadline();
            if (counts.failed() > limit) {
                return fail("BackoffLimitExceeded", "Job has reached the specified backoff limit");
            }
            if (left != null && !left.isPositive()) {
                return fail("DeadlineExceeded", "Job was active longer than specified deadline");
            }
            again = left;
            Integer completions = job.getSpec().getCompletions();
            boolean complete = completions != null
                    ? counts.succeeded() >= completions
                    : counts.succeeded() > 0 && active.isEmpty();
            if (complete) {
                JobConditions.set(
                        status,
                        JobConditions.SUCCESS_CRITERIA_MET,
                        true,
                        "CompletionsReached",
                        "Reached expected number of succeeded pods",
                        now);
            }
            return complete;
        }

        private boolean fail(String reason, String message) {
            JobConditions.set(status, JobConditions.FAILURE_TARGET, true, reason, message, now);
            return true;
        }

        private @Nullable Duration untilDeadline() {
            Long seconds = job.getSpec().getActiveDeadlineSeconds();
            return seconds == null
                            || status.getStartTime() == null
                            || Boolean.TRUE.equals(job.getSpec().getSuspend())
                    ? null
                    : Duration.between(now, Instant.parse(status.getStartTime()).plusSeconds(seconds));
        }

        /** The last condition comes when every Pod has ended and is counted. */
        private void finishWhenQuiet() {
            boolean quiet = owned.stream().allMatch(pod -> Pods.isFinished(pod)) && counts.allCounted();
            if (!quiet) {
                return;
            }
            JobCondition announced = JobConditions.get(status, JobConditions.FAILURE_TARGET);
            if (announced != null) {
                JobConditions.set(
                        status, JobConditions.FAILED, true, announced.getReason(), announced.getMessage(), now);
                events.warning(job, announced.getReason(), announced.getMessage());
            } else {
                JobConditions.set(
                        status,
                        JobConditions.COMPLETE,
                        true,
                        "CompletionsReached",
                        "Reached expected number of succeeded pods",
                        now);
                status.setCompletionTime(now.truncatedTo(ChronoUnit.SECONDS).toString());
                events.normal(job, "Completed", "Job completed");
            }
        }

        /** @return how many Pods are active afterwards */
        private int manage() {
            int parallelism =
                    job.getSpec().getParallelism() == null ? 1 : job.getSpec().getParallelism();
            Integer completions = job.getSpec().getCompletions();
            int wanted = parallelism;
            if (completions != null) {
                wanted = Math.min(parallelism, completions - counts.succeeded());
            } else if (counts.succeeded() > 0) {
                wanted = Math.min(active.size(), parallelism);
            }
            if (!expectations.satisfied(key)) {
                return active.size();
            }
            int missing = wanted - active.size();
            if (missing < 0) {
                List<Pod> excess = active.subList(0, -missing);
                deleteAll(excess);
                return wanted;
            }
            Duration delay = missing == 0 ? Duration.ZERO : JobPods.backoff(owned, now);
            if (delay.isPositive()) {
                again = again == null || delay.compareTo(again) < 0 ? delay : again;
                return active.size();
            }
            return active.size() + create(missing);
        }

        private int create(int count) {
            var indexes = new ArrayDeque<Integer>();
            if (JobPods.isIndexed(job)) {
                indexes.addAll(missingIndexes(count));
                count = indexes.size();
            }
            if (count == 0) {
                return 0;
            }
            OwnedPods.Created created =
                    ownedPods.create(job, count, () -> JobPods.make(job, indexes.isEmpty() ? -1 : indexes.poll()));
            keep(created.failure());
            return created.count();
        }

        private List<Integer> missingIndexes(int count) {
            SortedSet<Integer> taken = Indexes.parse(status.getCompletedIndexes());
            active.forEach(pod -> taken.add(Indexes.of(pod)));
            int completions = JobCounts.zero(job.getSpec().getCompletions());
            return java.util.stream.IntStream.range(0, completions)
                    .filter(index -> !taken.contains(index))
                    .limit(count)
                    .boxed()
                    .toList();
        }

        private void deleteAll(List<Pod> victims) {
            keep(ownedPods.delete(job, victims));
        }

        /** What goes wrong is raised once the status is written. */
        private void keep(@Nullable RuntimeException problem) {
            failure = problem == null ? failure : problem;
        }

        private void write(int running) {
            status.setActive(JobCounts.orAbsent(running));
            status.setReady((int) active.stream().filter(Pods::isReady).count());
            status.setTerminating((int) owned.stream()
                    .filter(pod -> Pods.isTerminating(pod) && !Pods.isFinished(pod))
                    .count());
            if (!status.equals(job.getStatus())) {
                Await.done(client.updateStatus(
                        new JobBuilder(job).withStatus(status).build()));
            }
        }
    }
}
