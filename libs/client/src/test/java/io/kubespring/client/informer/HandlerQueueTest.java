package io.kubespring.client.informer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandlerQueueTest {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void handlerThatThrowsHearsOfTheNext() {
        var queue = new HandlerQueue<>(
                new EventHandler<String>() {
                    @Override
                    public void onAdd(String object, boolean initial) {
                        told.add(object);
                        if (object.equals("a")) {
                            throw new IllegalStateException("a");
                        }
                        if (object.equals("b")) {
                            throw new AssertionError("b");
                        }
                    }
                },
                tasks::add,
                "test");
        queue.added("a", true);
        queue.added("b", true);
        queue.added("c", false);
        tasks.remove().run();
        queue.added("d", false);
        tasks.remove().run();
        assertThat(told).containsExactly("a", "b", "c", "d");
    }

    @Test
    void fullQueueHasTheInformerWaitUntilTheHandlerGoesOn() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var count = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var queue = new HandlerQueue<>(slow(gate, count), executor, "test");
            var all = executor.submit(() -> {
                for (int i = 0; i < HandlerQueue.CAPACITY + 100; i++) {
                    queue.added("x", false);
                }
            });
            assertThat(gate.await(200, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(all.isDone()).isFalse();
            gate.countDown();
        }
        assertThat(count).hasValue(HandlerQueue.CAPACITY + 100);
    }

    @Test
    void closingFreesWhoWaitsAndDropsTheRest() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var count = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var queue = new HandlerQueue<>(slow(gate, count), executor, "test");
            var filled = new CountDownLatch(1);
            executor.execute(() -> {
                for (int i = 0; i < HandlerQueue.CAPACITY + 100; i++) {
                    queue.added("x", false);
                }
                filled.countDown();
            });
            assertThat(filled.await(200, TimeUnit.MILLISECONDS)).isFalse();
            queue.close();
            assertThat(filled.await(10, TimeUnit.SECONDS)).isTrue();
            gate.countDown();
        }
        assertThat(count.get()).isLessThanOrEqualTo(1);
    }

    private static EventHandler<String> slow(CountDownLatch gate, AtomicInteger count) {
        return new EventHandler<>() {
            @Override
            public void onAdd(String object, boolean initial) {
                try {
                    gate.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                count.incrementAndGet();
            }
        };
    }
}
