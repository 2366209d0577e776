package io.kubespring.apiserver.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.client.ApiResource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.Transport;
import io.kubespring.storage.Store;
import io.kubespring.storage.memory.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The bootstrap against a real core, on a clock that the test moves. */
class ClusterBootstrapTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
    private final AtomicBoolean broken = new AtomicBoolean();
    private final Store store = MemoryStore.create(SystemTime.instance());
    private final ApiServerCore core = new ApiServerCore(
            ApiServerConfig.open(), store, SystemTime.instance(), RandomSource.system(), new SimpleMeterRegistry());
    private final KubeClient client = KubeClient.over(new Flaky(core.transport("admin", "system:masters")), time);

    /** Fails while {@link #broken}. */
    private final class Flaky implements Transport {
        private final Transport inner;

        Flaky(Transport inner) {
            this.inner = inner;
        }

        @Override
        public Mono<Response> send(Request request) {
            return broken.get() ? Mono.error(new IllegalStateException("not now")) : inner.send(request);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    @BeforeEach
    void start() {
        core.start();
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private ClusterBootstrap bootstrap(String address) {
        var bootstrap = new ClusterBootstrap(
                client,
                time,
                new ClusterNetwork(address, 6443, "10.96.0.0/12"),
                new ServerLeases(store, true),
                new IdentityLease("host", 6443, time, RandomSource.seeded(3)),
                Map.of("client-ca-file", "pem"));
        bootstrap.start();
        return bootstrap;
    }

    /** Moves the clock until the condition holds. */
    private void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            time.advance(Duration.ofSeconds(1));
            Thread.onSpinWait();
        }
    }

    private ObjectNode find(ApiResource resource, String namespace, String name) {
        ObjectNode found = Await.optional(Ensure.in(client, resource, namespace).find(name));
        return found == null ? io.kubespring.api.json.Json.object() : found;
    }

    private static final ApiResource ENDPOINTS = Ensure.core("Endpoints", "endpoints", true);
    private static final ApiResource SLICES = Ensure.of("discovery.k8s.io", "EndpointSlice", "endpointslices", true);
    private static final ApiResource SERVICES = Ensure.core("Service", "services", true);

    @Test
    void becomesReadyOnceTheServerAnswers() {
        broken.set(true);
        try (var bootstrap = bootstrap("10.0.0.1")) {
            time.advance(Duration.ofSeconds(5));
            assertThat(bootstrap.ready()).isFalse();

            broken.set(false);
            eventually(bootstrap::ready);

            assertThat(find(ENDPOINTS, "default", "kubernetes").path("subsets").toString())
                    .contains("10.0.0.1");
        }
    }

    @Test
    void serverOnLoopbackOnlyHasNoEndpointsButGetsReady() {
        try (var bootstrap = bootstrap("127.0.0.1")) {
            eventually(bootstrap::ready);

            assertThat(find(SERVICES, "default", "kubernetes").isEmpty()).isFalse();
            assertThat(find(ENDPOINTS, "default", "kubernetes").isEmpty()).isTrue();
        }
    }

    @Test
    void whatSomebodyDeletedComesBack() {
        try (var bootstrap = bootstrap("10.0.0.1")) {
            eventually(bootstrap::ready);
            Await.done(Ensure.in(client, SERVICES, "default").delete("kubernetes"));
            Await.done(Ensure.in(client, ENDPOINTS, "default").delete("kubernetes"));

            eventually(() -> !find(SERVICES, "default", "kubernetes").isEmpty()
                    && !find(ENDPOINTS, "default", "kubernetes").isEmpty());
        }
    }

    @Test
    void restartUnderAnotherAddressMovesTheEndpointsAndKeepsTheRoles() {
        ApiResource roles = Ensure.of("rbac.authorization.k8s.io", "ClusterRole", "clusterroles", false);
        try (var first = bootstrap("10.0.0.1")) {
            eventually(first::ready);
        }
        List<String> before = versions(roles);

        try (var second = bootstrap("10.0.0.2")) {
            eventually(second::ready);
        }

        assertThat(find(ENDPOINTS, "default", "kubernetes").path("subsets").toString())
                .contains("10.0.0.2")
                .doesNotContain("10.0.0.1");
        assertThat(versions(roles)).isEqualTo(before);
    }

    @Test
    void everyServerThatKeepsItsLeaseIsAnEndpoint() {
        try (var first = bootstrap("10.0.0.1")) {
            eventually(first::ready);
            try (var second = bootstrap("10.0.0.2")) {
                eventually(second::ready);
                assertThat(find(ENDPOINTS, "default", "kubernetes")
                                .at("/subsets/0/addresses")
                                .toString())
                        .isEqualTo("[{\"ip\":\"10.0.0.1\"},{\"ip\":\"10.0.0.2\"}]");
                assertThat(find(SLICES, "default", "kubernetes").path("endpoints"))
                        .hasSize(2);
            }
            assertThat(find(ENDPOINTS, "default", "kubernetes")
                            .at("/subsets/0/addresses")
                            .toString())
                    .isEqualTo("[{\"ip\":\"10.0.0.1\"}]");
        }
    }

    @Test
    void theDefaultRangeIsReadyAndProtected() {
        try (var bootstrap = bootstrap("10.0.0.1")) {
            eventually(bootstrap::ready);
            ObjectNode range =
                    find(Ensure.of("networking.k8s.io", "ServiceCIDR", "servicecidrs", false), "", "kubernetes");
            assertThat(range.at("/spec/cidrs").toString()).isEqualTo("[\"10.96.0.0/12\"]");
            assertThat(range.at("/metadata/finalizers").toString())
                    .isEqualTo("[\"networking.k8s.io/service-cidr-finalizer\"]");
            assertThat(range.at("/status/conditions/0/type").asString()).isEqualTo("Ready");
            assertThat(range.at("/status/conditions/0/status").asString()).isEqualTo("True");
            ObjectNode address =
                    find(Ensure.of("networking.k8s.io", "IPAddress", "ipaddresses", false), "", "10.96.0.1");
            assertThat(address.at("/spec/parentRef/name").asString()).isEqualTo("kubernetes");
        }
    }

    @Test
    void aServerShowsItselfByALeaseAndForgottenOnesGo() {
        ApiResource leases = Ensure.of("coordination.k8s.io", "Lease", "leases", true);
        try (var bootstrap = bootstrap("10.0.0.1")) {
            eventually(bootstrap::ready);
            var found = Await.value(
                            client.trees(leases).inNamespace("kube-system").list())
                    .items();
            assertThat(found).hasSize(1);
            ObjectNode lease = found.getFirst();
            String name = lease.path("metadata").path("name").asString("");
            assertThat(name).matches("apiserver-[a-z2-7]{26}");
            assertThat(lease.at("/metadata/labels/apiserver.kubernetes.io~1identity")
                            .asString())
                    .isEqualTo("kube-apiserver");
            assertThat(lease.at("/spec/holderIdentity").asString()).startsWith(name + "_");
            String renewed = lease.at("/spec/renewTime").asString();
            eventually(() -> !find(leases, "kube-system", name)
                    .at("/spec/renewTime")
                    .asString()
                    .equals(renewed));

            ObjectNode old = lease.deepCopy();
            old.withObjectProperty("metadata").put("name", "apiserver-old").remove("resourceVersion");
            old.withObjectProperty("spec").put("renewTime", "2020-01-01T00:00:00.000000Z");
            Await.done(client.trees(leases).inNamespace("kube-system").create(old));
            time.advance(Duration.ofHours(1));
            eventually(() -> find(leases, "kube-system", "apiserver-old").isEmpty());
        }
    }

    private List<String> versions(ApiResource resource) {
        return Await.value(client.trees(resource).list()).items().stream()
                .map(each -> each.path("metadata").path("resourceVersion").stringValue())
                .toList();
    }
}
