package io.kubespring.apiserver.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Values are held once, by store and cache together; the past is bounded. */
class CacheMemoryTest {

    private static final int PODS = 5_000;
    private static final int POD_BYTES = 7_000;
    private static final long MOST = 60L << 20;

    @Test
    void fiveThousandPodsTakeLittleMoreThanTheirBytes() {
        long before = used();
        try (var fixture = new CacheFixture()) {
            for (int i = 0; i < PODS; i++) {
                ObjectNode pod =
                        CacheFixture.pod("namespace-" + i % 10, "pod-" + i, "node-" + i % 100, "app-" + i % 50);
                pod.putObject("status").put("message", "x".repeat(POD_BYTES - 200));
                byte[] value = StoredObject.encode(pod);
                fixture.store
                        .create(CacheFixture.key("namespace-" + i % 10, "pod-" + i), value, null)
                        .join();
            }
            assertThat(fixture.cache.snapshot().size()).isEqualTo(PODS);
            assertThat(used() - before).isLessThan(MOST);
        }
    }

    @Test
    void manyUpdatesKeepOnlyABoundedPast() {
        long before = used();
        try (var fixture = new CacheFixture()) {
            ObjectNode pod = CacheFixture.pod("default", "a", "n1", "web");
            pod.putObject("status").put("message", "x".repeat(100_000));
            long revision = fixture.store
                    .create(CacheFixture.key("default", "a"), StoredObject.encode(pod), null)
                    .join();
            for (int i = 0; i < 1_500; i++) {
                revision = fixture.store
                        .update(CacheFixture.key("default", "a"), StoredObject.encode(pod), revision, null)
                        .join();
            }
            assertThat(used() - before).isLessThan(MOST);
        }
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
