package io.kubespring.standalone;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.ListOptions;
import io.kubespring.client.PatchType;
import io.kubespring.client.codec.WatchEvent;
import io.kubespring.controllers.ControllerManager;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.kubespring.scheduler.Scheduler;
import io.kubespring.scheduler.SchedulerConfig;
import io.kubespring.storage.sqlite.SqliteStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

/**
 * A control plane over SQLite under churn, for {@code soak.seconds} (180): Deployments come, are scaled and go, watchers
 * too, one never reads. At the end everything is as it was asked for and nothing has grown.
 */
@Tag("long")
class SoakTest {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak.seconds", 180));
    private static final int DEPLOYMENTS = 8;
    private static final int MOST_REPLICAS = 5;
    private static final long MOST_HEAP_GROWTH = 100L << 20;
    private static final int MOST_OTHER_GROWTH = 20;

    @TempDir
    Path folder;

    private final TimeSource time = SystemTime.instance();
    private final RandomSource random = RandomSource.seeded(1);
    private KubeClient admin;
    private int nextAddress;

    @Test
    void churnLeavesNothingBehind() {
        var metrics = new SimpleMeterRegistry();
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try (executor;
                var server = new ApiServerCore(
                        ApiServerConfig.open(),
                        SqliteStore.open(folder.resolve("state.db"), time),
                        time,
                        RandomSource.system(),
                        metrics)) {
            server.start();
            eventually(server::ready);
            KubeClient client = KubeClient.over(server.transport("admin", "system:masters"), time);
            admin = client;
            try (var controllers = new ControllerManager(
                            ControllerManagerConfig.defaults().withRootCaPem("PEM"),
                            name -> client,
                            time,
                            RandomSource.system(),
                            metrics,
                            () -> {});
                    var scheduler = new Scheduler(
                            SchedulerConfig.DEFAULT,
                            client,
                            time,
                            RandomSource.system(),
                            executor,
                            metrics,
                            () -> {})) {
                controllers.start();
                scheduler.start();
                eventually(() -> controllers.ready() && scheduler.ready());
                create();
                soak();
            }
        }
    }

    private void soak() {
        var inOrder = new AtomicLong();
        var reader = admin.resources(Pod.class).inNamespace("team").watch(ListOptions.ALL);
        var outOfOrder = new AtomicLong();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Disposable watcher = reader.subscribe(event -> {
            long version = Long.parseLong(event.object().getMetadata().getResourceVersion());
            if (inOrder.getAndSet(version) >= version) {
                outOfOrder.incrementAndGet();
            }
            String name = event.object().getMetadata().getName();
            if (event.type() == WatchEvent.Type.DELETED) {
                seen.remove(name);
            } else {
                seen.add(name);
            }
        });
        var deaf = new BaseSubscriber<Object>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnError(Throwable ended) {
                // The server may end a watcher that is too slow; that is what it is for.
            }
        };
        admin.resources(Pod.class).inNamespace("team").watch(ListOptions.ALL).subscribe(deaf);
        churn(LENGTH.dividedBy(3));
        Usage before = settled();
        churn(LENGTH.multipliedBy(2).dividedBy(3));
        Usage after = settled();
        eventually(() -> seen.equals(
                list(Pod.class).stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet())));
        deaf.dispose();
        watcher.dispose();
        assertThat(outOfOrder).hasValue(0);
        assertThat(inOrder.get()).isPositive();
        assertThat(after.heap() - before.heap()).isLessThan(MOST_HEAP_GROWTH);
        assertThat(after.threads() - before.threads()).isLessThan(MOST_OTHER_GROWTH);
        assertThat(after.files() - before.files()).isLessThan(MOST_OTHER_GROWTH);
    }

    private void create() {
        Await.done(admin.resources(Namespace.class)
                .create(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("team")
                        .endMetadata()
                        .build()));
        var capacity = Map.of("cpu", new Quantity("64"), "memory", new Quantity("64Gi"), "pods", new Quantity("500"));
        Await.done(admin.resources(Node.class)
                .create(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-1")
                        .endMetadata()
                        .withNewStatus()
                        .withCapacity(capacity)
                        .withAllocatable(capacity)
                        .endStatus()
                        .build()));
    }

    /** One change after another, with watchers that come and go beside them. */
    private void churn(Duration length) {
        Instant end = time.now().plus(length);
        while (time.now().isBefore(end)) {
            Disposable passing = admin.resources(Pod.class)
                    .inNamespace("team")
                    .watch(ListOptions.ALL)
                    .subscribe();
            String name = "web-" + random.nextInt(DEPLOYMENTS);
            var deployments = admin.resources(Deployment.class).inNamespace("team");
            if (Await.optional(deployments.find(name)) == null) {
                Await.done(deployments.create(deployment(name)));
            } else if (random.nextInt(4) == 0) {
                Await.done(deployments.delete(
                        name, DeleteOptions.DEFAULT.propagation(DeleteOptions.Propagation.BACKGROUND)));
            } else {
                Await.done(deployments.patch(
                        name, PatchType.MERGE, Map.of("spec", Map.of("replicas", random.nextInt(MOST_REPLICAS)))));
            }
            kubelet();
            passing.dispose();
        }
    }

    /** What the machine's agent would do: runs what is bound, ends what is to go. */
    private void kubelet() {
        var pods = admin.resources(Pod.class).inNamespace("team");
        for (Pod pod : list(Pod.class)) {
            String name = pod.getMetadata().getName();
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                pods.delete(name, DeleteOptions.DEFAULT.grace(0))
                        .onErrorComplete()
                        .block();
            } else if (pod.getSpec().getNodeName() != null
                    && "Pending".equals(pod.getStatus().getPhase())) {
                String ip = "10.244." + nextAddress / 250 % 250 + "." + (1 + nextAddress++ % 250);
                pods.patchStatus(
                                name,
                                PatchType.STRATEGIC,
                                Map.of(
                                        "status",
                                        Map.of(
                                                "phase",
                                                "Running",
                                                "podIP",
                                                ip,
                                                "conditions",
                                                List.of(Map.of("type", "Ready", "status", "True")))))
                        .onErrorComplete()
                        .block();
            }
        }
    }

    /** Waits until every Deployment has what it asks for and there is no other Pod. */
    private Usage settled() {
        eventually(() -> {
            kubelet();
            List<Deployment> deployments = list(Deployment.class);
            int wanted = deployments.stream()
                    .mapToInt(each -> each.getSpec().getReplicas())
                    .sum();
            int available = deployments.stream()
                    .mapToInt(
                            each -> each.getStatus() == null || each.getStatus().getAvailableReplicas() == null
                                    ? 0
                                    : each.getStatus().getAvailableReplicas())
                    .sum();
            return wanted == available && list(Pod.class).size() == wanted;
        });
        return Usage.now();
    }

    private <T extends HasMetadata> List<T> list(Class<T> type) {
        return Await.value(admin.resources(type).inNamespace("team").list()).items();
    }

    private record Usage(long heap, int threads, long files) {
        static Usage now() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Usage(
                    runtime.totalMemory() - runtime.freeMemory(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    system.getOpenFileDescriptorCount());
        }
    }

    private static Deployment deployment(String name) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("web:v1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
