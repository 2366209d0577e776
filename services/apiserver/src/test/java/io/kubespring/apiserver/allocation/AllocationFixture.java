package io.kubespring.apiserver.allocation;

import io.kubespring.api.GroupResource;
import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.authorization.FakeObjects;
import io.kubespring.apiserver.cache.WatchCaches;
import io.kubespring.kinds.service.PortRange;
import io.kubespring.storage.Store;
import io.kubespring.storage.memory.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;

/** Allocations over a memory store, without a server. */
public final class AllocationFixture implements AutoCloseable {

    public final ServiceAllocations allocations;
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Store store = MemoryStore.create(SystemTime.instance());
    final FakeObjects objects = new FakeObjects();
    final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final WatchCaches caches = new WatchCaches(store, SystemTime.instance());

    public AllocationFixture(PortRange ports, String... cidrs) {
        allocations = new ServiceAllocations(
                List.of(cidrs),
                ports,
                store,
                caches,
                objects,
                time,
                RandomSource.seeded(7),
                new AllocationMetrics(metrics, time));
        TestServer.await(() -> loaded());
    }

    private boolean loaded() {
        try {
            allocations.addresses().ledger().view();
            allocations.ports().ledger().view();
            return true;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    static GroupResource serviceCidrs() {
        return new GroupResource("networking.k8s.io", "servicecidrs");
    }

    @Override
    public void close() {
        caches.close();
        store.close();
    }
}
