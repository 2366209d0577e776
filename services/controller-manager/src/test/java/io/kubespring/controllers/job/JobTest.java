package io.kubespring.controllers.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.testing.client.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JobTest {

    private final ControllersFixture fixture = new ControllersFixture().start(JobController::register);
    private final Simulation simulation = fixture.simulation();

    @Test
    void runsUntilEnoughHaveSucceededAndCountsEachOnce() {
        simulation.create(job(2, 3));
        fixture.settle();
        assertThat(active()).hasSize(2);
        finish("Succeeded");
        assertThat(active()).hasSize(1);
        finish("Succeeded");
        Job job = get();
        assertThat(job.getStatus().getSucceeded()).isEqualTo(3);
        assertThat(job.getStatus().getFailed()).isNull();
        assertThat(job.getStatus().getCompletionTime()).isNotNull();
        assertThat(JobConditions.isTrue(job.getStatus(), "Complete")).isTrue();
        assertThat(fixture.pods()).hasSize(3).noneMatch(JobPods::isTracked);
        assertThat(fixture.events("Job")).last().isEqualTo("Completed: Job completed");
    }

    @Test
    void failuresAreRetriedLaterAndLaterUpToTheLimit() {
        Job wanted = job(1, 1);
        wanted.getSpec().setBackoffLimit(2);
        simulation.create(wanted);
        fixture.settle();
        finish("Failed");
        assertThat(active()).isEmpty();
        simulation.advance(Duration.ofSeconds(11));
        assertThat(active()).hasSize(1);
        finish("Failed");
        simulation.advance(Duration.ofSeconds(5));
        assertThat(active()).isEmpty();
        simulation.advance(Duration.ofSeconds(30));
        finish("Failed");
        assertThat(JobConditions.isTrue(get().getStatus(), "Failed")).isTrue();
        assertThat(get().getStatus().getFailed()).isEqualTo(3);
        assertThat(fixture.events("Job")).contains("BackoffLimitExceeded: Job has reached the specified backoff limit");
    }

    @Test
    void deadlineEndsIt() {
        Job wanted = job(1, 1);
        wanted.getSpec().setActiveDeadlineSeconds(30L);
        simulation.create(wanted);
        simulation.advance(Duration.ofSeconds(35));
        assertThat(JobConditions.isTrue(get().getStatus(), "Failed")).isTrue();
        assertThat(active()).isEmpty();
    }

    @Test
    void suspendedJobHasNoPodsUntilItIsResumed() {
        Job wanted = job(2, 2);
        wanted.getSpec().setSuspend(true);
        simulation.create(wanted);
        fixture.settle();
        assertThat(fixture.pods()).isEmpty();
        assertThat(JobConditions.isTrue(get().getStatus(), "Suspended")).isTrue();
        Job job = get();
        job.getSpec().setSuspend(false);
        simulation.client().resources(Job.class).update(job).block();
        fixture.settle();
        assertThat(active()).hasSize(2);
    }

    @Test
    void indexedJobGivesEveryPodAnIndexOfItsOwn() {
        Job wanted = job(3, 4);
        wanted.getSpec().setCompletionMode("Indexed");
        simulation.create(wanted);
        fixture.settle();
        assertThat(active()).extracting(Indexes::of).containsExactlyInAnyOrder(0, 1, 2);
        finish("Succeeded");
        assertThat(get().getStatus().getCompletedIndexes()).isEqualTo("0-2");
        assertThat(active()).extracting(Indexes::of).containsExactly(3);
        finish("Succeeded");
        assertThat(get().getStatus().getCompletedIndexes()).isEqualTo("0-3");
        assertThat(JobConditions.isTrue(get().getStatus(), "Complete")).isTrue();
    }

    @Test
    void indexesAreWrittenAsRanges() {
        assertThat(Indexes.format(new TreeSet<>(List.of(0, 2, 3, 5, 6, 7)))).isEqualTo("0,2,3,5-7");
        assertThat(Indexes.parse("0,2,3,5-7")).containsExactly(0, 2, 3, 5, 6, 7);
    }

    private void finish(String phase) {
        active().forEach(pod -> fixture.setPhase(pod, phase, false));
        for (int i = 0; i < 4; i++) {
            fixture.settle();
        }
    }

    private List<Pod> active() {
        return fixture.pods().stream()
                .filter(io.kubespring.controllers.pods.Pods::isActive)
                .toList();
    }

    private Job get() {
        return simulation.get(Job.class, "default", "work");
    }

    private static Job job(int parallelism, int completions) {
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("work")
                .endMetadata()
                .withNewSpec()
                .withParallelism(parallelism)
                .withCompletions(completions)
                .withNewSelector()
                .withMatchLabels(Map.of("job", "work"))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("job", "work"))
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("work")
                .withImage("work")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
