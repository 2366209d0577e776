package io.kubespring.storage.etcd;

import io.kubespring.api.time.SystemTime;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreCompatibilityKit;
import io.kubespring.testing.etcd.EtcdServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The kit on a real etcd. */
class EtcdStoreTest extends StoreCompatibilityKit {

    private @Nullable EtcdServer etcd;

    @Override
    protected Store open() {
        EtcdServer started = EtcdServer.startInMemory();
        etcd = started;
        return EtcdStore.open(EtcdOptions.of(started.endpoint()), SystemTime.instance());
    }

    /** etcd counts in seconds of its own, and does not go below two. */
    @Override
    protected Duration timeToLive(Duration meant) {
        return Duration.ofSeconds(2 * meant.toMinutes());
    }

    @AfterEach
    void stopEtcd() {
        if (etcd != null) {
            etcd.close();
        }
    }
}
