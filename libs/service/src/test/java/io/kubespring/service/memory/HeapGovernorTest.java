package io.kubespring.service.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapGovernorTest {

    private static final long MEGABYTE = 1L << 20;

    private static final class Heap implements HeapGovernor.OldGeneration {
        long live = 20 * MEGABYTE;
        long used = live;
        long threshold;
        int collections;

        @Override
        public long used() {
            return used;
        }

        @Override
        public long max() {
            return 1000 * MEGABYTE;
        }

        @Override
        public void callAbove(long bytes) {
            threshold = bytes;
        }

        @Override
        public void collect() {
            collections++;
            used = live;
        }
    }

    @Test
    void aSmallHeapMayHoldSomeGarbage() {
        var heap = new Heap();
        new HeapGovernor(heap);
        assertThat(heap.threshold).isEqualTo(20 * MEGABYTE + HeapGovernor.SLACK);
        assertThat(heap.collections).isZero();
    }

    @Test
    void aLargeHeapMayHoldHalfAsMuchGarbageAsLives() {
        var heap = new Heap();
        var governor = new HeapGovernor(heap);
        heap.live = 300 * MEGABYTE;
        heap.used = 310 * MEGABYTE;
        governor.crossed();
        assertThat(heap.collections).isOne();
        assertThat(heap.threshold).isEqualTo(450 * MEGABYTE);
    }

    @Test
    void theLimitOfTheHeapIsNeverPassed() {
        var heap = new Heap();
        var governor = new HeapGovernor(heap);
        heap.live = 800 * MEGABYTE;
        governor.crossed();
        assertThat(heap.threshold).isEqualTo(heap.max());
    }
}
