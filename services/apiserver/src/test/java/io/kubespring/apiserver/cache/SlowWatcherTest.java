package io.kubespring.apiserver.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

class SlowWatcherTest {

    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Takes what it is told to, when it is told to. */
    private static final class Reader extends BaseSubscriber<WatchFrameBatch> {
        final List<String> events = new ArrayList<>();
        int batches;
        boolean completed;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Asks for nothing yet.
        }

        @Override
        protected void hookOnNext(WatchFrameBatch batch) {
            batches++;
            batch.frames().forEach(frame -> events.add(CacheFixture.describe(frame)));
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }
    }

    private Reader subscribe() {
        var reader = new Reader();
        fixture.cache
                .watch(new WatchRequest(1, Selection.ALL, false, false, CacheFixture.JSON))
                .subscribe(reader);
        return reader;
    }

    @Test
    void eventsThatPiledUpComeAsOneBatchInOrder() {
        Reader reader = subscribe();
        for (int i = 0; i < 10; i++) {
            fixture.create("default", "p" + i, "n1", "web");
        }
        assertThat(reader.events).isEmpty();
        reader.request(1);

        assertThat(reader.batches).isEqualTo(1);
        assertThat(reader.events).hasSize(10).first().isEqualTo("ADDED p0@2");
    }

    @Test
    void aWatcherThatNeverReadsIsEndedAndOthersAreNot() {
        Reader stuck = subscribe();
        var lively = fixture.watch(1, Selection.ALL);
        fixture.create("default", "a", "n1", "web");
        int updates = 8_300;
        for (int i = 0; i < updates; i++) {
            fixture.update("default", "a", "n1", "web");
        }
        assertThat(lively.events).hasSize(updates + 1);
        assertThat(lively.completed).isFalse();
        assertThat(stuck.completed).isTrue();
    }

    @Test
    void fewButLargeEventsEndAWatcherThatNeverReads() {
        Reader stuck = subscribe();
        var lively = fixture.watch(1, Selection.ALL);
        fixture.create("default", "a", "n1", "web");
        for (int i = 0; i < 30; i++) {
            fixture.update("default", "a", "n1", "x".repeat(1 << 20));
        }
        assertThat(lively.events).hasSize(31);
        assertThat(lively.completed).isFalse();
        assertThat(stuck.completed).isTrue();
    }

    @Test
    void aResetOfTheCacheEndsItsWatchers() {
        var watcher = fixture.watch(1, Selection.ALL);
        fixture.cache.close();
        assertThat(watcher.completed).isTrue();
    }
}
