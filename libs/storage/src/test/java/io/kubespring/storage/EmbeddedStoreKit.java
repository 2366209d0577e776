package io.kubespring.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What stores of this process promise beyond the {@link StoreCompatibilityKit}. */
public abstract class EmbeddedStoreKit extends StoreCompatibilityKit {

    @Test
    void aWatchShowsAWriteBeforeItIsAnswered() {
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", await(store.currentRevision())).subscribe(watcher);
        for (int i = 0; i < 200; i++) {
            String key = "/p/" + i;
            long revision = await(
                    store.create(key, bytes("x"), null).thenApply(done -> watcher.revision() >= done ? done : -1));
            assertThat(revision).isPositive();
            assertThat(await(store.get(key))).isNotNull();
        }
    }

    @Test
    void aWatcherOfManySmallChangesThatNeverAsksIsEnded() {
        var watcher = new RecordingSubscriber(0);
        store.watch("/p/", await(store.currentRevision())).subscribe(watcher);
        List<CompletableFuture<Long>> writes = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            writes.add(store.create("/p/" + i, bytes("x"), null));
            if (i % 1_000 == 0) {
                await(writes.getLast());
            }
        }
        writes.forEach(StoreCompatibilityKit::await);
        watcher.request(1);
        assertThat(watcher.awaitError()).isInstanceOf(StoreException.SlowWatcher.class);
    }
}
