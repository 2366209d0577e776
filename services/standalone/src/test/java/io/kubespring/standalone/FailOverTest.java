package io.kubespring.standalone;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.bootstrap.ClusterNetwork;
import io.kubespring.apiserver.features.FeatureGates;
import io.kubespring.apiserver.limits.LimitsConfig;
import io.kubespring.apiserver.security.SecurityConfig;
import io.kubespring.client.KubeClient;
import io.kubespring.client.ListOptions;
import io.kubespring.client.leader.LeaderElectionConfig;
import io.kubespring.client.transport.Transport;
import io.kubespring.controllers.ControllerManager;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.kubespring.kinds.service.PortRange;
import io.kubespring.scheduler.Scheduler;
import io.kubespring.scheduler.SchedulerConfig;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.storage.memory.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * Two controller managers and two schedulers on one API server: one of each works, the other takes over when the first is
 * cut off or stopped, and no Pod is made or bound twice.
 */
class FailOverTest {

    private static final TimeSource TIME = SystemTime.instance();

    @TempDir
    Path pki;

    private ApiServerCore server;
    private KubeClient admin;
    private Replica first;
    private Replica second;

    /** One machine's share: both components over one network cable. */
    private final class Replica implements Transport {

        private final Transport cable = server.transport("admin", "system:masters");
        private final AtomicInteger losses = new AtomicInteger();
        private final ControllerManager controllers;
        private final Scheduler scheduler;
        private volatile boolean cut;

        Replica(String name) {
            KubeClient client = KubeClient.over(this, TIME);
            controllers = new ControllerManager(
                    ControllerManagerConfig.defaults()
                            .withControllers(
                                    "deployment-controller", "replicaset-controller", "serviceaccount-controller")
                            .withLeaderElection(election("kube-controller-manager", name)),
                    identity -> client,
                    TIME,
                    RandomSource.system(),
                    new SimpleMeterRegistry(),
                    losses::incrementAndGet);
            scheduler = new Scheduler(
                    new SchedulerConfig("default-scheduler", 10, election("kube-scheduler", name)),
                    client,
                    TIME,
                    RandomSource.system(),
                    Executors.newVirtualThreadPerTaskExecutor(),
                    new SimpleMeterRegistry(),
                    losses::incrementAndGet);
        }

        void start() {
            controllers.start();
            scheduler.start();
            eventually(() -> controllers.ready() && scheduler.ready());
        }

        @Override
        public Mono<Response> send(Request request) {
            return cut ? Mono.error(StatusException.internal("cable cut")) : cable.send(request);
        }

        @Override
        public void close() {
            controllers.close();
            scheduler.close();
        }
    }

    /** Upstream's durations would make the test long; their proportions stay. */
    private static LeaderElectionConfig election(String name, String identity) {
        return new LeaderElectionConfig(
                "kube-system", name, identity, Duration.ofSeconds(2), Duration.ofMillis(1_400), Duration.ofMillis(250));
    }

    @BeforeEach
    void start() {
        new ClusterPki(pki, TIME.now());
        server = new ApiServerCore(
                new ApiServerConfig(
                        SecurityConfig.kubeadm(pki, "10.0.0.1:6443"),
                        List.of("10.96.0.0/12"),
                        PortRange.NODE_PORTS,
                        Duration.ofHours(1),
                        new ClusterNetwork("10.0.0.1", 6443, "10.96.0.0/12"),
                        Map.of(),
                        ApiServerConfig.Kubelets.NONE,
                        ApiServerConfig.StoreChecks.DEFAULT,
                        LimitsConfig.DEFAULT,
                        FeatureGates.DEFAULTS,
                        true),
                MemoryStore.create(TIME),
                TIME,
                RandomSource.system(),
                new SimpleMeterRegistry());
        server.start();
        eventually(server::ready);
        admin = KubeClient.over(server.transport("admin", "system:masters"), TIME);
        admin.resources(Namespace.class)
                .create(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("team")
                        .endMetadata()
                        .build())
                .block();
        node();
        first = new Replica("first");
        first.start();
        eventually(() -> "first".equals(holder("kube-scheduler")) && "first".equals(holder("kube-controller-manager")));
        second = new Replica("second");
        second.start();
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
        server.close();
    }

    @Test
    void theStandbyTakesOverFromOneThatIsCutOffAndNothingIsDoneTwice() {
        assertThat(second.controllers.state()).isEqualTo("waiting to lead");
        assertThat(second.scheduler.state()).isEqualTo("waiting to lead");
        deploy("one");
        eventually(() -> bound("one") == 3);

        first.cut = true;
        deploy("two");
        eventually(() -> bound("two") == 3);
        assertThat(holder("kube-scheduler")).isEqualTo("second");
        eventually(() -> first.losses.get() == 2);
        first.cut = false;
        assertThat(first.controllers.alive()).isFalse();

        deploy("three");
        eventually(() -> bound("three") == 3);
        assertThat(first.scheduler.ready()).isFalse();
        assertThat(pods("one") + pods("two") + pods("three")).isEqualTo(9);
        assertThat(admin.resources(Lease.class)
                        .inNamespace("kube-system")
                        .get("kube-scheduler")
                        .block()
                        .getSpec()
                        .getLeaseTransitions())
                .isEqualTo(1);
    }

    @Test
    void aStoppedLeaderGivesItsLeaseBackAndTheNextDoesNotWaitForItToRunOut() {
        first.close();
        assertThat(holder("kube-scheduler")).isEmpty();
        assertThat(first.losses.get()).as("stopping is no loss").isZero();
        deploy("one");
        eventually(() -> bound("one") == 3);
        assertThat(pods("one")).isEqualTo(3);
        assertThat(holder("kube-controller-manager")).isEqualTo("second");
    }

    private String holder(String name) {
        Lease lease = admin.resources(Lease.class)
                .inNamespace("kube-system")
                .find(name)
                .block();
        return lease == null ? "nobody" : lease.getSpec().getHolderIdentity();
    }

    private void node() {
        Map<String, Quantity> room = Map.of("cpu", new Quantity("8"), "pods", new Quantity("100"));
        admin.resources(Node.class)
                .create(new NodeBuilder()
                        .withNewMetadata()
                        .withName("n1")
                        .endMetadata()
                        .withNewStatus()
                        .withCapacity(room)
                        .withAllocatable(room)
                        .endStatus()
                        .build())
                .block();
    }

    private void deploy(String name) {
        admin.resources(Deployment.class)
                .inNamespace("team")
                .create(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(3)
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        // A node that no kubelet keeps is tainted as not ready.
                        .addNewToleration()
                        .withOperator("Exists")
                        .endToleration()
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .block();
    }

    private long bound(String app) {
        return list(app).stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .count();
    }

    private long pods(String app) {
        return list(app).size();
    }

    private List<Pod> list(String app) {
        return admin.resources(Pod.class).inNamespace("team").list(ListOptions.ALL).block().items().stream()
                .filter(pod -> app.equals(pod.getMetadata().getLabels().get("app")))
                .toList();
    }
}
