package io.kubespring.standalone.aot;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.shell.ApiServerApplication;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.rest.HttpsTransport;
import io.kubespring.client.rest.Kubeconfig;
import io.kubespring.controllers.shell.ControllerManagerApplication;
import io.kubespring.dns.shell.DnsApplication;
import io.kubespring.scheduler.shell.SchedulerApplication;
import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.TransportSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The workload that the AOT cache is recorded from: the components that need no privileges start, and a client works with
 * them over HTTPS. Changes nothing on the machine but a temporary folder.
 */
public final class Training {

    private static final int ROUNDS = 300;

    private Training() {}

    public static void main(String... args) throws Exception {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Path folder = Files.createTempDirectory("kubespring-training");
        System.setProperty("kubespring.log", folder.resolve("log").toString());
        List<ConfigurableApplicationContext> contexts = new ArrayList<>();
        ConfigurableApplicationContext server = ApiServerApplication.COMPONENT.start(
                Map.of(
                        "secure-port",
                        0,
                        "bind-address",
                        "127.0.0.1",
                        "management.server.port",
                        0,
                        "cert-dir",
                        folder.resolve("pki").toString(),
                        "storage-file",
                        folder.resolve("state.db").toString()),
                Map.of());
        contexts.add(server);
        Map<String, Object> shared = Map.of("transportSource", server.getBean(TransportSource.class));
        for (Component each : List.of(
                ControllerManagerApplication.COMPONENT, SchedulerApplication.COMPONENT, DnsApplication.COMPONENT)) {
            contexts.add(each.start(
                    Map.of("server.address", "127.0.0.1", "server.port", 0, "kubespring.dns.port", 0), shared));
        }
        work(folder.resolve("pki").resolve("admin.conf"), port(server));
        contexts.reversed().forEach(ConfigurableApplicationContext::close);
        System.exit(0);
    }

    private static int port(ConfigurableApplicationContext server) {
        return Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static void work(Path kubeconfig, int port) throws IOException, InterruptedException {
        String text = Files.readString(kubeconfig).replace("https://127.0.0.1:0", "https://127.0.0.1:" + port);
        try (var transport = HttpsTransport.from(Kubeconfig.parse(text, kubeconfig), SystemTime.instance())) {
            KubeClient client = KubeClient.over(transport, SystemTime.instance());
            SystemTime.instance().sleep(Duration.ofSeconds(1));
            client.resources(io.fabric8.kubernetes.api.model.Namespace.class)
                    .create(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("training")
                            .endMetadata()
                            .build())
                    .block();
            var pods = client.resources(Pod.class).inNamespace("training");
            var watch = pods.watch(io.kubespring.client.ListOptions.ALL).subscribe();
            for (int i = 0; i < ROUNDS; i++) {
                String name = "pod-" + i;
                pods.create(pod(name)).block();
                Pod found = pods.get(name).block();
                if (found != null) {
                    found.getMetadata().setLabels(Map.of("round", String.valueOf(i)));
                    pods.update(found).onErrorComplete().block();
                }
                if (i % 20 == 0) {
                    pods.list().block();
                }
            }
            watch.dispose();
            var maps = client.resources(ConfigMap.class).inNamespace("training");
            maps.create(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("m")
                            .endMetadata()
                            .addToData("k", "v")
                            .build())
                    .block();
            for (int i = 0; i < ROUNDS; i++) {
                pods.delete("pod-" + i, DeleteOptions.DEFAULT.grace(0)).block();
            }
        }
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app", "training")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .addNewEnv()
                .withName("MODE")
                .withValue("training")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
    }
}
