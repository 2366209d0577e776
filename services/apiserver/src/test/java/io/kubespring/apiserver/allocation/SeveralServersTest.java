package io.kubespring.apiserver.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.client.ApiResource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.kinds.service.PortRange;
import io.kubespring.storage.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Two API servers give away addresses and ports of one cluster at the same time. */
class SeveralServersTest {

    private static final ApiResource SERVICES = new ApiResource(GroupVersionKind.of("v1", "Service"), "services", true);
    private static final int WORKERS = 8;
    private static final int ROUNDS = 40;

    private final SharedStore shared = new SharedStore();
    private final AtomicInteger full = new AtomicInteger();

    @AfterEach
    void close() {
        shared.close();
    }

    private static ApiServerConfig small() {
        var open = ApiServerConfig.open();
        return new ApiServerConfig(
                open.security(),
                List.of("10.96.0.0/26"),
                new PortRange(30000, 30040),
                open.eventTimeToLive(),
                open.network(),
                open.extensionAuthentication(),
                open.kubelets(),
                open.storeChecks(),
                open.limits(),
                open.features(),
                false);
    }

    @Test
    void noAddressAndNoPortIsGivenAwayTwiceAndNoneIsLost() throws Exception {
        var servers = List.of(shared.server(small()), shared.server(small()));
        var clients = servers.stream().map(SharedStore::client).toList();
        Await.done(clients.getFirst()
                .trees(new ApiResource(GroupVersionKind.of("v1", "Namespace"), "namespaces", false))
                .create((ObjectNode) Json.read("{\"metadata\":{\"name\":\"default\"}}")));
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < WORKERS; i++) {
                int worker = i;
                KubeClient client = clients.get(i % 2);
                running.add(workers.submit(() -> hammer(client, worker)));
            }
            for (var each : running) {
                each.get();
            }
        }
        var services = Await.value(services(clients.getFirst()).list()).items();
        assertThat(services).isNotEmpty();
        Set<String> addresses = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (ObjectNode service : services) {
            for (String address : ServiceHoldings.addresses(service)) {
                assertThat(addresses.add(address)).as(address).isTrue();
            }
            for (int port : ServiceHoldings.ports(service)) {
                assertThat(ports.add(port)).as("port %d", port).isTrue();
            }
        }
        assertThat(names("/registry/ipaddresses/")).isEqualTo(addresses);
        assertThat(names("/registry/ranges/servicenodeports/"))
                .isEqualTo(ports.stream().map(Object::toString).collect(java.util.stream.Collectors.toSet()));
        // Every free address can still be had: nothing is lost to a race.
        assertThat(full).hasValue(0);
    }

    /** Creates, changes and deletes Services of its own; holds few enough at a time that the ranges suffice for all. */
    private void hammer(KubeClient client, int worker) {
        var random = new Random(worker);
        Resources<ObjectNode> services = services(client);
        var mine = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            try {
                if (mine.size() >= 4) {
                    Await.done(services.delete(mine.remove(random.nextInt(mine.size()))));
                } else if (!mine.isEmpty() && random.nextInt(3) == 0) {
                    String name = mine.get(random.nextInt(mine.size()));
                    ObjectNode service = Await.value(services.get(name));
                    String type = service.path("spec").path("type").asString("");
                    service.withObjectProperty("spec").put("type", type.equals("NodePort") ? "ClusterIP" : "NodePort");
                    Await.done(services.update(service));
                } else {
                    String name = "s" + worker + "-" + round;
                    Await.done(services.create(service(name, random.nextBoolean() ? "NodePort" : "ClusterIP")));
                    mine.add(name);
                }
            } catch (StatusException refused) {
                if (String.valueOf(refused.getMessage()).contains("range is full")) {
                    full.incrementAndGet();
                } else {
                    throw refused;
                }
            }
        }
    }

    @Test
    void theSameAddressNamedOnBothServersGoesToOneService() throws Exception {
        var one = SharedStore.client(shared.server(small()));
        var other = SharedStore.client(shared.server(small()));
        Await.done(one.trees(new ApiResource(GroupVersionKind.of("v1", "Namespace"), "namespaces", false))
                .create((ObjectNode) Json.read("{\"metadata\":{\"name\":\"default\"}}")));
        var won = new AtomicInteger();
        var refusals = java.util.concurrent.ConcurrentHashMap.<String>newKeySet();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                ObjectNode service = service("s" + i, "ClusterIP");
                service.withObjectProperty("spec").put("clusterIP", "10.96.0.5");
                KubeClient client = i % 2 == 0 ? one : other;
                workers.submit(() -> {
                    try {
                        Await.done(services(client).create(service));
                        won.incrementAndGet();
                    } catch (StatusException refused) {
                        refusals.add(String.valueOf(refused.getMessage()).replaceAll("s[0-9]", "s"));
                    }
                });
            }
        }
        assertThat(won).hasValue(1);
        assertThat(refusals)
                .containsExactly("Service \"s\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.5\"]: failed to"
                        + " allocate IP 10.96.0.5: provided IP is already allocated");
    }

    private static Resources<ObjectNode> services(KubeClient client) {
        return client.trees(SERVICES).inNamespace("default");
    }

    private static ObjectNode service(String name, String type) {
        return (ObjectNode) Json.read("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"default\"},\"spec\":{\"type\":\"" + type + "\",\"ports\":[{\"port\":80}]}}");
    }

    private Set<String> names(String prefix) {
        var names = new HashSet<String>();
        for (Store.Entry entry : shared.store.list(prefix, null, 0, 0).join().entries()) {
            names.add(entry.key().substring(prefix.length()));
        }
        return names;
    }
}
