package io.kubespring.controllers.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.controllers.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a Job's Pods and judges them. */
final class JobPods {

    /** Keeps a finished Pod until it is counted (KEP-2307). */
    static final String TRACKING = "batch.kubernetes.io/job-tracking";

    private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
    private static final Duration MAX_DELAY = Duration.ofMinutes(10);

    private JobPods() {}

    static boolean isIndexed(Job job) {
        return "Indexed".equals(job.getSpec().getCompletionMode());
    }

    /** @param index -1 for a Job that is not indexed */
    static Pod make(Job job, int index) {
        Pod pod = PodControl.fromTemplate(job, job.getSpec().getTemplate());
        var finalizers = new ArrayList<String>();
        if (pod.getMetadata().getFinalizers() != null) {
            finalizers.addAll(pod.getMetadata().getFinalizers());
        }
        finalizers.add(TRACKING);
        pod.getMetadata().setFinalizers(finalizers);
        if (index >= 0) {
            String text = Integer.toString(index);
            pod.getMetadata().setGenerateName(job.getMetadata().getName() + "-" + text + "-");
            pod.getMetadata().setAnnotations(with(pod.getMetadata().getAnnotations(), text));
            pod.getMetadata().setLabels(with(pod.getMetadata().getLabels(), text));
            pod.getSpec().setHostname(job.getMetadata().getName() + "-" + text);
            pod.getSpec().getContainers().forEach(JobPods::addIndexVariable);
            pod.getSpec().getInitContainers().forEach(JobPods::addIndexVariable);
        }
        return pod;
    }

    private static Map<String, String> with(@Nullable Map<String, String> map, String index) {
        Map<String, String> next = new LinkedHashMap<>();
        if (map != null) {
            next.putAll(map);
        }
        next.put(Indexes.ANNOTATION, index);
        return next;
    }

    private static void addIndexVariable(Container container) {
        var variables = new ArrayList<>(container.getEnv());
        if (variables.stream().noneMatch(variable -> variable.getName().equals("JOB_COMPLETION_INDEX"))) {
            variables.add(new EnvVarBuilder()
                    .withName("JOB_COMPLETION_INDEX")
                    .withNewValueFrom()
                    .withNewFieldRef("v1", "metadata.labels['" + Indexes.ANNOTATION + "']")
                    .endValueFrom()
                    .build());
            container.setEnv(variables);
        }
    }

    static boolean isTracked(Pod pod) {
        return pod.getMetadata().getFinalizers() != null
                && pod.getMetadata().getFinalizers().contains(TRACKING);
    }

    /** A Pod that is deleted before it is finished counts as failed. */
    static boolean hasFailed(Pod pod) {
        return Pods.phase(pod).equals(Pods.FAILED)
                || Pods.isTerminating(pod) && !Pods.phase(pod).equals(Pods.SUCCEEDED);
    }

    /** How long to wait before the next Pod: doubles with each failure since the last success. */
    static Duration backoff(Collection<Pod> pods, Instant now) {
        List<Instant> failures = pods.stream()
                .filter(pod -> Pods.phase(pod).equals(Pods.FAILED))
                .map(JobPods::finishedAt)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (failures.isEmpty()) {
            return Duration.ZERO;
        }
        int exponent = Math.min(failures.size() - 1, 10);
        Duration delay = FIRST_DELAY.multipliedBy(1L << exponent);
        Duration left =
                Duration.between(now, failures.getLast().plus(delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static @Nullable Instant finishedAt(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(status ->
                        status.getState() == null ? null : status.getState().getTerminated())
                .filter(Objects::nonNull)
                .map(terminated -> terminated.getFinishedAt())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Instant::compareTo)
                .orElseGet(() -> {
                    String created = pod.getMetadata().getCreationTimestamp();
                    return created == null ? null : Instant.parse(created);
                });
    }
}
