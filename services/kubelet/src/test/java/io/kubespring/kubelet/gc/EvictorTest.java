package io.kubespring.kubelet.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.config.NodeSettings;
import io.kubespring.kubelet.fake.PodText;
import io.kubespring.kubelet.fake.Workbench;
import io.kubespring.kubelet.node.Machine;
import io.kubespring.kubelet.node.NodePressure;
import io.kubespring.kubelet.node.NodeResources;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.resources.LinuxResources;
import io.kubespring.kubelet.resources.PodCgroups;
import io.kubespring.kubelet.worker.PodWorkers;
import io.kubespring.node.cgroup.CgroupLimits;
import io.kubespring.node.cgroup.CgroupUsage;
import io.kubespring.node.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Node-pressure Eviction": which Pod goes first when memory is short. */
class EvictorTest {

    private static final long MEBI = 1 << 20;

    @TempDir
    Path folder;

    private final Usages usages = new Usages();
    private final List<Pod> pods = new ArrayList<>();
    private Workbench bench;
    private PodWorkers workers;
    private Evictor evictor;

    @BeforeEach
    void setUp() throws IOException {
        bench = new Workbench(folder);
        workers = new PodWorkers(bench.syncer, bench.events, bench.time, Duration.ofHours(1));
        var machine = new Machine(4, 8192 * MEBI, "", "", "", "", "", "amd64");
        var settings = NodeSettings.defaults("node");
        var resources = new NodeResources(machine, settings, 0);
        var cgroups = new PodCgroups(usages, new LinuxResources(8192 * MEBI, true, -1), "/");
        evictor = new Evictor(new NodePressure(resources, settings, folder, folder), workers, cgroups, bench.events);
        memoryAvailable(50);
    }

    @AfterEach
    void tearDown() {
        workers.close();
        bench.close();
    }

    private void memoryAvailable(long mebi) throws IOException {
        Files.writeString(folder.resolve("meminfo"), "MemAvailable: " + mebi * 1024 + " kB\n");
    }

    private Pod run(String name, int priority, long requestMebi, long usedMebi) {
        Pod pod = PodText.named(
                name,
                "{priority: %d, containers: [{name: main, image: 'app:1', resources: {requests: {memory: %dMi}}}]}"
                        .formatted(priority, requestMebi));
        return run(pod, usedMebi);
    }

    private Pod run(Pod pod, long usedMebi) {
        usages.mebi.put(Pods.uid(pod), usedMebi);
        pods.add(pod);
        workers.update(pod);
        await(() -> phase(pod).equals("Running"));
        return pod;
    }

    private String phase(Pod pod) {
        var status = bench.statuses.current(pod);
        return status == null || status.getPhase() == null ? "" : status.getPhase();
    }

    /** One round, and the names of those that it ended. */
    private List<String> relieve() {
        int before = workers.active().size();
        long events = evictions();
        evictor.relieve();
        if (evictions() > events) {
            await(() -> workers.active().size() < before);
        }
        return pods.stream()
                .filter(pod -> "Evicted".equals(bench.status(pod).getReason()))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private long evictions() {
        return bench.events.seen.stream()
                .filter(each -> each.startsWith("Evicted"))
                .count();
    }

    @Test
    void whatExceedsItsRequestGoesFirstThenByPriorityThenByHowMuch() {
        run("within", 0, 2000, 1000);
        run("important", 10, 100, 900);
        run("little-over", 0, 100, 200);
        run("far-over", 0, 100, 800);
        var order = new ArrayList<String>();
        for (int round = 0; round < 4; round++) {
            var gone = new ArrayList<>(relieve());
            gone.removeAll(order);
            assertThat(gone).as("one Pod a round").hasSize(1);
            order.addAll(gone);
        }
        assertThat(order).containsExactly("far-over", "little-over", "important", "within");
    }

    @Test
    void anEvictedPodHasFailedAndSaysWhy() {
        Pod pod = run("web", 0, 0, 100);
        relieve();
        assertThat(phase(pod)).isEqualTo("Failed");
        assertThat(bench.status(pod).getMessage())
                .isEqualTo("The node was low on resource: memory. Available: 51200Ki. ");
        assertThat(bench.events.seen).contains("Evicted: The node was low on resource: memory. Available: 51200Ki. ");
        assertThat(bench.runtime.running()).isEmpty();
    }

    @Test
    void nobodyGoesWhileThereIsMemory() throws IOException {
        run("web", 0, 0, 100);
        memoryAvailable(101);
        assertThat(relieve()).isEmpty();
        memoryAvailable(99);
        assertThat(relieve()).containsExactly("web");
    }

    @Test
    void criticalAndStaticPodsAreSpared() {
        run("critical", 2_000_000_000, 0, 500);
        Pod fixed = PodText.named("static", "containers: [{name: main, image: 'app:1'}]");
        fixed.getMetadata().setAnnotations(Map.of(Pods.CONFIG_SOURCE, "file"));
        run(fixed, 500);
        assertThat(relieve()).isEmpty();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        var tries = new AtomicInteger();
        while (!condition.getAsBoolean()) {
            assertThat(tries.incrementAndGet()).isLessThan(1000);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }

    /** Only tells what Pods use; a Pod's group ends with its uid. */
    private static final class Usages implements Cgroups {

        private final Map<String, Long> mebi = new ConcurrentHashMap<>();

        @Override
        public CgroupUsage usage(String path) throws IOException {
            Long found = mebi.get(path.substring(path.lastIndexOf("/pod") + "/pod".length()));
            if (found == null) {
                throw new IOException("no such group: " + path);
            }
            return new CgroupUsage(0, found * MEBI, found * MEBI, 1);
        }

        @Override
        public boolean exists(String path) {
            return true;
        }

        @Override
        public void create(String path) {}

        @Override
        public void apply(String path, CgroupLimits limits) {}

        @Override
        public void remove(String path) {}

        @Override
        public int version() {
            return 2;
        }
    }
}
