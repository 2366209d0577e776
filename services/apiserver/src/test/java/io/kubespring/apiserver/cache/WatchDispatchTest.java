package io.kubespring.apiserver.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchDispatchTest {

    private final CacheFixture fixture = new CacheFixture();
    private final List<Integer> batchSizes = new ArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void watch() {
        fixture.cache
                .watch(new WatchRequest(1, Selection.ALL, false, false, CacheFixture.JSON))
                .subscribe(batch -> batchSizes.add(batch.frames().size()));
    }

    @Test
    void aFewWatchersHearAtOnce() {
        IntStream.range(0, 3).forEach(i -> watch());
        fixture.create("default", "a", "n1", "web");
        fixture.create("default", "b", "n1", "web");
        assertThat(batchSizes).hasSize(6).containsOnly(1);
    }

    @Test
    void manyWatchersHearTheFirstAtOnceAndTheNextOnesTogether() {
        IntStream.range(0, 20).forEach(i -> watch());
        fixture.create("default", "a", "n1", "web");
        assertThat(batchSizes).hasSize(20).containsOnly(1);
        batchSizes.clear();
        fixture.create("default", "b", "n1", "web");
        fixture.create("default", "c", "n1", "web");
        assertThat(batchSizes).isEmpty();

        fixture.time.advance(Duration.ofMillis(20));
        assertThat(batchSizes).hasSize(20).containsOnly(2);
    }
}
