package io.kubespring.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.kubespring.api.time.SystemTime;
import io.kubespring.storage.RecordingSubscriber;
import io.kubespring.storage.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a hub makes of its stream's resumption, told in an order that a real etcd rarely brings about. */
class EventHubTest {

    private final ManagedChannel nowhere = EtcdChannel.open(EtcdOptions.of("http://127.0.0.1:1"));
    private final CompletableFuture<Long> newest = new CompletableFuture<>();
    private final KeySpace keys = new KeySpace(EtcdOptions.LOGICAL_ROOT);
    private final EventHub hub = new EventHub(
            EventHub.streams(
                    nowhere,
                    Runnable::run,
                    keys,
                    new WatchScope(keys, CompletableFuture::new, () -> {}),
                    SystemTime.instance()),
            () -> newest,
            SystemTime.instance());
    private final RecordingSubscriber watcher = new RecordingSubscriber(Long.MAX_VALUE);

    @AfterEach
    void close() {
        hub.close(new StoreException.Unavailable("closed", null));
        nowhere.shutdownNow();
    }

    @Test
    void changesThatComeWhileTheNewestRevisionIsReadDoNotMakeItAnOldCopy() {
        hub.watch("/", 5, watcher);
        hub.resumed();
        hub.events(List.of(), 9);
        newest.complete(7L);
        hub.events(List.of(), 10);
        watcher.awaitRevision(10);
    }

    @Test
    void anEtcdThatHasLessThanWasSeenIsAnOldCopy() {
        hub.watch("/", 5, watcher);
        hub.events(List.of(), 9);
        hub.resumed();
        newest.complete(7L);
        assertThat(watcher.awaitError()).isInstanceOf(StoreException.Compacted.class);
    }
}
