package io.kubespring.standalone;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.shell.ApiServerApplication;
import io.kubespring.client.ApiResource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.InformerOptions;
import io.kubespring.client.informer.Informers;
import io.kubespring.client.rest.HttpsTransport;
import io.kubespring.client.rest.Kubeconfig;
import io.kubespring.service.pki.ClusterPki;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The client over HTTPS with a client certificate, against the API server as a service. */
class HttpsTransportTest {

    private static final int WATCHES = 40;

    @TempDir
    Path folder;

    private int port;

    @Test
    void watchesShareConnectionsAndOutliveARestartOfTheServer() throws Exception {
        port = freePort();
        var pki = new ClusterPki(folder.resolve("pki"), SystemTime.instance().now());
        pki.kubeconfig(folder.resolve("admin.conf"), "https://127.0.0.1:" + port, "admin", "system:masters");
        Kubeconfig config = Kubeconfig.load(folder.resolve("admin.conf"));
        ConfigurableApplicationContext server = server();
        try (var transport = HttpsTransport.from(config, SystemTime.instance());
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            KubeClient client = KubeClient.over(transport, SystemTime.instance());
            try (var informers = new Informers(client, executor, RandomSource.system())) {
                Informer<ConfigMap> maps = informers.informer(ConfigMap.class);
                Catalog.builtIn().all().stream()
                        .filter(ResourceType::stored)
                        .limit(WATCHES)
                        .forEach(type -> informers.metadata(ApiResource.of(type), InformerOptions.all()));
                informers.start();
                eventually(informers::hasSynced);
                Await.done(client.resources(ConfigMap.class).create(map("before")));
                eventually(() -> maps.lister().get("default", "before") != null);
                assertThat(connections()).isLessThanOrEqualTo(4);
                assertThatThrownBy(() -> Await.value(client.resources(ConfigMap.class)
                                .inNamespace("default")
                                .get("none")))
                        .isInstanceOfSatisfying(
                                StatusException.class,
                                failure -> assertThat(failure.reason()).isEqualTo(StatusReason.NOT_FOUND))
                        .hasMessage("configmaps \"none\" not found");

                server.close();
                server = server();
                eventually(() -> created(client));
                eventually(() -> maps.lister().get("default", "after") != null);
                assertThat(maps.lister().get("default", "before")).isNotNull();
            }
        } finally {
            server.close();
        }
    }

    private static boolean created(KubeClient client) {
        try {
            Await.done(client.resources(ConfigMap.class).create(map("after")));
            return true;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private ConfigurableApplicationContext server() {
        return ApiServerApplication.COMPONENT.start(
                Map.of(
                        "bind-address",
                        "127.0.0.1",
                        "secure-port",
                        port,
                        "management.server.port",
                        -1,
                        "cert-dir",
                        folder.resolve("pki").toString(),
                        "storage-file",
                        folder.resolve("state.db").toString(),
                        "advertise-address",
                        "10.0.0.1",
                        "spring.lifecycle.timeout-per-shutdown-phase",
                        "500ms"),
                Map.of());
    }

    /** Established connections to the server, as the kernel lists them. */
    private long connections() throws IOException {
        String remote = String.format(":%04X", port);
        long count = 0;
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            count += Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[2].endsWith(remote) && columns[3].equals("01"))
                    .count();
        }
        return count;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .build();
    }
}
