package io.kubespring.kinds.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShuffleShardingTest {

    @Test
    void aHandIsOfDifferentQueuesAndAlwaysTheSame() {
        var sharding = new ShuffleSharding(128, 6);
        var random = new SplittableRandom(7);
        for (int round = 0; round < 1_000; round++) {
            long hash = random.nextLong();
            int[] hand = dealt(sharding, hash);
            assertThat(Arrays.stream(hand).distinct().count()).isEqualTo(6);
            assertThat(Arrays.stream(hand)).allMatch(queue -> queue >= 0 && queue < 128);
            assertThat(hand).isEqualTo(dealt(sharding, hash));
        }
    }

    @Test
    void aDeckAsLargeAsTheHandIsDealtWhole() {
        assertThat(dealt(new ShuffleSharding(5, 5), 0x1234_5678_9abcL)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void everyQueueIsDealtAboutAsOften() {
        var sharding = new ShuffleSharding(16, 4);
        var random = new SplittableRandom(11);
        int[] times = new int[16];
        for (int round = 0; round < 16_000; round++) {
            Arrays.stream(dealt(sharding, random.nextLong())).forEach(queue -> times[queue]++);
        }
        assertThat(Arrays.stream(times)).allMatch(count -> count > 3_600 && count < 4_400);
    }

    @Test
    void twoFlowsRarelyShareAllQueues() {
        var sharding = new ShuffleSharding(128, 6);
        var random = new SplittableRandom(3);
        int shared = 0;
        for (int round = 0; round < 5_000; round++) {
            if (Arrays.equals(dealt(sharding, random.nextLong()), dealt(sharding, random.nextLong()))) {
                shared++;
            }
        }
        assertThat(shared).isZero();
    }

    @Test
    void handsThatCannotBeDealtAreRefused() {
        assertThatThrownBy(() -> new ShuffleSharding(4, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShuffleSharding(4, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShuffleSharding(1024, 7)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int[] dealt(ShuffleSharding sharding, long hash) {
        int[] hand = new int[sharding.hand()];
        sharding.deal(hash, hand);
        return hand;
    }
}
