package io.kubespring.client.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControllerTest {

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void nothingRunsBeforeStart() {
        Controller<String> controller = controller(1, request -> record(request));
        controller.queue().add("a");
        settle();
        assertThat(done).isEmpty();
        controller.start();
        settle();
        assertThat(done).containsExactly("a");
    }

    @Test
    void atMostAsManyTasksAsWorkers() {
        Controller<String> controller = controller(2, request -> record(request));
        controller.start();
        for (int i = 0; i < 5; i++) {
            controller.queue().add("item" + i);
        }
        assertThat(tasks).hasSize(2);
        settle();
        assertThat(done).hasSize(5);
    }

    @Test
    void failureIsTriedAgainLater() {
        Controller<String> controller = controller(1, request -> {
            record(request);
            if (done.size() < 3) {
                throw new IllegalStateException("not yet");
            }
            return Result.DONE;
        });
        controller.start();
        controller.queue().add("a");
        settle();
        assertThat(done).hasSize(1);
        time.advance(Duration.ofMillis(5));
        settle();
        assertThat(done).hasSize(2);
        time.advance(Duration.ofMillis(10));
        settle();
        assertThat(done).hasSize(3);
        assertThat(controller.queue().requeues("a")).isZero();
    }

    @Test
    void resultAsksForAnotherRun() {
        Controller<String> controller = controller(1, request -> {
            record(request);
            return Result.after(Duration.ofSeconds(7));
        });
        controller.start();
        controller.queue().add("a");
        settle();
        time.advance(Duration.ofSeconds(7));
        settle();
        assertThat(done).hasSize(2);
    }

    @Test
    void errorCostsNoWorkerAndIsTriedAgain() {
        Controller<String> controller = controller(1, request -> {
            record(request);
            if (done.size() == 1) {
                throw new StackOverflowError();
            }
            return Result.DONE;
        });
        controller.start();
        controller.queue().add("a");
        controller.queue().add("b");
        settle();
        assertThat(done).containsExactly("a", "b");
        time.advance(Duration.ofMillis(5));
        settle();
        assertThat(done).containsExactly("a", "b", "a");
    }

    @Test
    void requestThatAlwaysFailsWaitsEverLongerAndHoldsUpNobody() {
        Controller<String> controller = controller(1, request -> {
            record(request);
            if (request.equals("bad")) {
                throw new IllegalStateException("never");
            }
            return Result.DONE;
        });
        controller.start();
        controller.queue().add("bad");
        for (int i = 0; i < 100; i++) {
            controller.queue().add("good" + i);
            time.advance(Duration.ofMillis(100));
            settle();
        }
        assertThat(done.stream().filter("bad"::equals).count()).isBetween(8L, 13L);
        assertThat(done).hasSize(100 + (int) done.stream().filter("bad"::equals).count());
    }

    @Test
    void changeDuringARunMakesOneMoreRunNeverTwoAtATime() {
        var self = new ArrayList<Controller<String>>();
        Controller<String> controller = controller(4, request -> {
            record(request);
            if (done.size() == 1) {
                self.getFirst().queue().add("a");
                self.getFirst().queue().add("a");
                assertThat(tasks).isEmpty();
            }
            return Result.DONE;
        });
        self.add(controller);
        controller.start();
        controller.queue().add("a");
        settle();
        assertThat(done).containsExactly("a", "a");
    }

    @Test
    void closedControllerTakesNothingUp() {
        Controller<String> controller = controller(1, request -> record(request));
        controller.start();
        controller.queue().add("a");
        controller.queue().addAfter("b", Duration.ofSeconds(1));
        controller.close();
        settle();
        time.advance(Duration.ofSeconds(2));
        settle();
        assertThat(done).isEmpty();
    }

    private Result record(String request) {
        done.add(request);
        return Result.DONE;
    }

    private void settle() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private Controller<String> controller(int workers, Reconciler<String> reconciler) {
        return new Controller<>("test", workers, reconciler, tasks::add, time, new SimpleMeterRegistry());
    }
}
