package io.kubespring.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkQueueTest {

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final WorkQueue<String> queue = new WorkQueue<>("test", time, metrics);

    @Test
    void itemWaitsOnlyOnce() {
        queue.add("a");
        queue.add("b");
        queue.add("a");
        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.poll()).isEqualTo("b");
        assertThat(queue.poll()).isNull();
        assertThat(metrics.counter("workqueue_adds_total", "name", "test").count())
                .isEqualTo(2);
    }

    @Test
    void itemAddedWhileWorkedOnComesBackOnlyWhenDone() {
        queue.add("a");
        assertThat(queue.poll()).isEqualTo("a");
        queue.add("a");
        assertThat(queue.poll()).isNull();
        queue.done("a");
        assertThat(queue.poll()).isEqualTo("a");
        queue.done("a");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void earlierOfTwoDelaysCounts() {
        queue.addAfter("a", Duration.ofSeconds(10));
        queue.addAfter("a", Duration.ofSeconds(5));
        queue.addAfter("a", Duration.ofSeconds(20));
        time.advance(Duration.ofSeconds(4));
        assertThat(queue.poll()).isNull();
        time.advance(Duration.ofSeconds(1));
        assertThat(queue.poll()).isEqualTo("a");
        queue.done("a");
        time.advance(Duration.ofSeconds(60));
        assertThat(queue.poll()).isNull();
    }

    @Test
    void rateLimitDoublesUntilForgotten() {
        long waited = 0;
        for (long expected : new long[] {5, 10, 20, 40}) {
            queue.addRateLimited("a");
            time.advance(Duration.ofMillis(expected - 1));
            assertThat(queue.poll()).isNull();
            time.advance(Duration.ofMillis(1));
            assertThat(queue.poll()).isEqualTo("a");
            queue.done("a");
            waited++;
        }
        assertThat(queue.requeues("a")).isEqualTo((int) waited);
        queue.forget("a");
        queue.addRateLimited("a");
        time.advance(Duration.ofMillis(5));
        assertThat(queue.poll()).isEqualTo("a");
    }

    @Test
    void bucketLimitsAllItemsTogether() {
        for (int i = 0; i < 150; i++) {
            queue.addRateLimited("item" + i);
        }
        time.advance(Duration.ofMillis(5));
        assertThat(queue.size()).isEqualTo(100);
        time.advance(Duration.ofSeconds(5));
        assertThat(queue.size()).isEqualTo(150);
    }

    @Test
    void closedQueueTakesNothingMore() throws InterruptedException {
        queue.add("a");
        queue.close();
        queue.add("b");
        assertThat(queue.take()).isEqualTo("a");
        assertThat(queue.take()).isNull();
    }

    @Test
    void delayOfOneItemNeverExceedsAThousandSeconds() {
        for (int i = 0; i < 40; i++) {
            queue.addRateLimited("a");
            time.advance(Duration.ofSeconds(1000));
            assertThat(queue.poll()).isEqualTo("a");
            queue.done("a");
        }
    }

    @Test
    void closingForgetsDelaysButLetsWorkBeFinished() {
        queue.addAfter("later", Duration.ofSeconds(1));
        queue.add("a");
        assertThat(queue.poll()).isEqualTo("a");
        queue.add("a");
        queue.close();
        queue.addRateLimited("b");
        time.advance(Duration.ofHours(1));
        assertThat(queue.poll()).isNull();
        queue.done("a");
        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.poll()).isNull();
    }

    @Test
    @Timeout(30)
    void waitingWorkersGetEachItemOnceAndLeaveOnClose() throws Exception {
        var got = new ConcurrentLinkedQueue<String>();
        var all = new CountDownLatch(1000);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                executor.submit(() -> {
                    for (String item = queue.take(); item != null; item = queue.take()) {
                        got.add(item);
                        queue.done(item);
                        all.countDown();
                    }
                    return null;
                });
            }
            for (int i = 0; i < 1000; i++) {
                queue.add("item" + i);
            }
            all.await();
            queue.close();
        }
        assertThat(got).hasSize(1000).doesNotHaveDuplicates();
    }

    @Test
    void readyIsToldOnceForEachItemThatBecomesReady() {
        var ready = new AtomicInteger();
        queue.onReady(ready::incrementAndGet);
        queue.add("a");
        queue.add("a");
        queue.poll();
        queue.add("a");
        assertThat(ready).hasValue(1);
        queue.done("a");
        assertThat(ready).hasValue(2);
    }

    @Test
    void unfinishedWorkIsMeasured() {
        queue.add("a");
        queue.poll();
        time.advance(Duration.ofSeconds(3));
        assertThat(metrics.get("workqueue_unfinished_work_seconds").gauge().value())
                .isEqualTo(3);
        queue.done("a");
        assertThat(metrics.get("workqueue_work_duration_seconds").summary().totalAmount())
                .isEqualTo(3);
    }
}
