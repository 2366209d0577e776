package io.kubespring.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.kubespring.api.error.StatusException;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.kubelet.fake.FakeRuntime;
import io.kubespring.testing.client.Simulation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeReporterTest {

    private static final String NAME = "node-a";
    private static final long MEMORY = 8L << 30;

    @TempDir
    Path proc;

    private final Simulation world = new Simulation();
    private final FakeRuntime runtime = new FakeRuntime(world.time());
    private final KubeletConfig config = KubeletConfig.defaults(NAME);
    private NodeReporter reporter;

    @BeforeEach
    void setUp() throws IOException {
        memoryAvailable(MEMORY);
        Files.writeString(proc.resolve("loadavg"), "0.00 0.00 0.00 1/100 4242");
        Files.writeString(Files.createDirectories(proc.resolve("sys/kernel")).resolve("pid_max"), "32768\n");
        reporter = newReporter();
    }

    private NodeReporter newReporter() {
        var machine = new Machine(4, MEMORY, "machine", "system", "boot", "6.1.0", "Some Linux", "amd64");
        var resources = new NodeResources(machine, config.node(), 1L << 40);
        var parts = new NodeParts(
                machine,
                resources,
                new RuntimeHealth(runtime, world.time()),
                new NodePressure(resources, config.node(), proc, proc.resolve("no-disk")),
                "192.0.2.1");
        var events = new EventRecorder(world.client(), "kubelet", NAME, Runnable::run, new SimpleMeterRegistry());
        return parts.reporter(config, world.client(), runtime, events, world.time(), 10250);
    }

    private void memoryAvailable(long bytes) throws IOException {
        Files.writeString(proc.resolve("meminfo"), "MemFree: 1 kB\nMemAvailable:  " + bytes / 1024 + " kB\n");
    }

    private Node node() {
        return Objects.requireNonNull(
                world.client().resources(Node.class).find(NAME).block());
    }

    private NodeCondition condition(String type) {
        return node().getStatus().getConditions().stream()
                .filter(each -> each.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private long writes() {
        return world.api().requests().stream()
                .filter(each -> each.uri().contains("/nodes") && !each.method().equals("GET"))
                .count();
    }

    private List<String> events() {
        return Objects.requireNonNull(world.client()
                        .resources(Event.class)
                        .inNamespace("default")
                        .list()
                        .block())
                .items()
                .stream()
                .map(Event::getReason)
                .toList();
    }

    @Test
    void theMachineBecomesANode() {
        assertThat(reporter.registered()).isFalse();
        reporter.report();
        assertThat(reporter.registered()).isTrue();
        Node node = node();
        assertThat(reporter.nodeUid()).isEqualTo(node.getMetadata().getUid());
        assertThat(node.getMetadata().getLabels())
                .containsEntry("kubernetes.io/hostname", NAME)
                .containsEntry("kubernetes.io/os", "linux")
                .containsEntry("kubernetes.io/arch", "amd64");
        var status = node.getStatus();
        assertThat(status.getCapacity().get("cpu").toString()).isEqualTo("4");
        assertThat(status.getCapacity().get("memory").toString()).isEqualTo(MEMORY / 1024 + "Ki");
        assertThat(status.getAllocatable().get("memory").toString())
                .as("less the eviction threshold")
                .isEqualTo(MEMORY / 1024 - 100 * 1024 + "Ki");
        assertThat(status.getAddresses())
                .extracting(each -> each.getType() + "=" + each.getAddress())
                .containsExactly("InternalIP=192.0.2.1", "Hostname=" + NAME);
        assertThat(status.getDaemonEndpoints().getKubeletEndpoint().getPort()).isEqualTo(10250);
        assertThat(status.getNodeInfo().getContainerRuntimeVersion()).isEqualTo("fake://1");
        assertThat(condition("Ready").getStatus()).isEqualTo("True");
        assertThat(events()).contains("Starting");
    }

    @Test
    void aStatusWithoutChangeIsSentOnlyEveryFewMinutes() {
        reporter.report();
        reporter.report();
        long before = writes();
        world.time().advance(Duration.ofMinutes(4));
        reporter.report();
        assertThat(writes()).isEqualTo(before);
        world.time().advance(Duration.ofMinutes(2));
        reporter.report();
        assertThat(writes()).isEqualTo(before + 1);
        assertThat(condition("Ready").getLastHeartbeatTime())
                .isEqualTo(world.time().now().toString());
    }

    @Test
    void pressureIsToldAtOnceAndKeepsTheTimeOfItsBeginning() throws IOException {
        reporter.report();
        world.time().advance(Duration.ofSeconds(10));
        memoryAvailable(50L << 20);
        reporter.report();
        var begun = world.time().now().toString();
        assertThat(condition("MemoryPressure").getStatus()).isEqualTo("True");
        assertThat(condition("MemoryPressure").getReason()).isEqualTo("KubeletHasInsufficientMemory");
        assertThat(condition("MemoryPressure").getLastTransitionTime()).isEqualTo(begun);
        assertThat(events()).contains("NodeHasInsufficientMemory");
        world.time().advance(Duration.ofMinutes(6));
        reporter.report();
        assertThat(condition("MemoryPressure").getLastTransitionTime()).isEqualTo(begun);
        memoryAvailable(MEMORY);
        reporter.report();
        assertThat(condition("MemoryPressure").getStatus()).isEqualTo("False");
    }

    @Test
    void aDeletedNodeIsMadeAnew() {
        reporter.report();
        String first = reporter.nodeUid();
        world.client().resources(Node.class).delete(NAME).block();
        world.time().advance(Duration.ofMinutes(6));
        assertThatThrownBy(reporter::report).isInstanceOf(StatusException.class);
        assertThat(reporter.registered()).isFalse();
        reporter.report();
        assertThat(node().getMetadata().getUid()).isEqualTo(reporter.nodeUid()).isNotEqualTo(first);
    }

    @Test
    void aNodeThatIsThereKeepsItsLabelsAndGetsMissingOnes() {
        world.api()
                .put(new NodeBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withLabels(Map.of("zone", "z1"))
                        .endMetadata()
                        .withNewSpec()
                        .withUnschedulable(true)
                        .endSpec()
                        .build());
        reporter.report();
        assertThat(node().getMetadata().getLabels())
                .containsEntry("zone", "z1")
                .containsEntry("kubernetes.io/hostname", NAME);
        assertThat(node().getSpec().getUnschedulable())
                .as("cordoned stays cordoned")
                .isTrue();
        assertThat(condition("Ready").getStatus()).isEqualTo("True");
    }

    @Test
    void theLeaseIsTheNodesAndIsRenewed() {
        var leases = world.client().resources(Lease.class).inNamespace("kube-node-lease");
        reporter.renewLease();
        assertThat(leases.find(NAME).blockOptional())
                .as("no Lease before the Node")
                .isEmpty();
        reporter.report();
        reporter.renewLease();
        world.time().advance(Duration.ofSeconds(10));
        reporter.renewLease();
        Lease lease = Objects.requireNonNull(leases.find(NAME).block());
        assertThat(lease.getSpec().getHolderIdentity()).isEqualTo(NAME);
        assertThat(lease.getSpec().getLeaseDurationSeconds()).isEqualTo(40);
        assertThat(lease.getSpec().getRenewTime().toInstant())
                .isEqualTo(world.time().now().atZone(ZoneOffset.UTC).toInstant());
        assertThat(lease.getMetadata().getOwnerReferences())
                .extracting(each -> each.getUid())
                .containsExactly(reporter.nodeUid());
    }
}
