package io.kubespring.standalone.aot;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.ListOptions;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import io.kubespring.client.rest.HttpsTransport;
import io.kubespring.client.rest.Kubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What a client does with a server while a start-up cache is recorded: Pods and ConfigMaps made, read, changed, watched, removed. */
final class Workload {

    private static final int ROUNDS = 2_000;
    private static final int SIDE_BY_SIDE = 16;
    private static final int LISTS = 20;
    private static final Retry UNTIL_READY = Retry.fixedDelay(1_200, Duration.ofMillis(100));

    private Workload() {}

    /**
     * Works with the server of {@code port} on the loopback, once it is ready, as whom {@code kubeconfig} names.
     *
     * @throws IOException where the file cannot be read
     */
    static void run(Path kubeconfig, int port) throws IOException {
        String text = Files.readString(kubeconfig).replace("https://127.0.0.1:0", "https://127.0.0.1:" + port);
        try (var transport = HttpsTransport.from(Kubeconfig.parse(text, kubeconfig), SystemTime.instance())) {
            KubeClient client = KubeClient.over(transport, SystemTime.instance());
            client.call("GET", "/readyz", Map.of(), null).retryWhen(UNTIL_READY).block();
            client.resources(Namespace.class)
                    .create(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("training")
                            .endMetadata()
                            .build())
                    .block();
            var pods = client.resources(Pod.class).inNamespace("training");
            var maps = client.resources(ConfigMap.class).inNamespace("training");
            Disposable watches = Disposables.composite(
                    pods.watch(ListOptions.ALL).subscribe(),
                    pods.watch(ListOptions.ALL).subscribe(),
                    maps.watch(ListOptions.ALL).subscribe());
            // Side by side as in life: what is compiled, and what the profiles say, depends on it.
            Flux.range(0, ROUNDS)
                    .flatMap(i -> life(pods, i).then(map(maps, i)), SIDE_BY_SIDE)
                    .blockLast();
            for (int i = 0; i < LISTS; i++) {
                pods.list().block();
                pods.list(new ListOptions(null, null, null, null, 50, null, 0, false))
                        .block();
            }
            Flux.range(0, ROUNDS)
                    .flatMap(i -> pods.delete(name(i), DeleteOptions.DEFAULT.grace(0)), SIDE_BY_SIDE)
                    .blockLast();
            watches.dispose();
        }
    }

    private static String name(int i) {
        return "pod-" + i;
    }

    /** What happens to one Pod: made, read, changed, reported about. */
    private static Mono<Void> life(Resources<Pod> pods, int i) {
        String name = name(i);
        return pods.create(pod(name))
                .then(pods.get(name))
                .flatMap(found -> {
                    found.getMetadata().setLabels(Map.of("round", String.valueOf(i)));
                    return pods.update(found).onErrorComplete();
                })
                .then(pods.patchStatus(name, PatchType.MERGE, status(i)))
                .then(pods.patchStatus(name, PatchType.STRATEGIC, status(i + 1)))
                .then(pods.get(name))
                .then();
    }

    private static Mono<Void> map(Resources<ConfigMap> maps, int i) {
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("map-" + i)
                .endMetadata()
                .addToData("k", "v")
                .build();
        return maps.create(map)
                .then(maps.patch("map-" + i, PatchType.MERGE, Map.of("data", Map.of("round", String.valueOf(i)))))
                .then();
    }

    private static Map<String, Object> status(int i) {
        String time = "2026-01-01T00:00:" + (10 + i % 50) + "Z";
        var conditions = Stream.of("Initialized", "Ready", "ContainersReady", "PodScheduled")
                .map(type -> Map.of("type", type, "status", "True", "lastTransitionTime", time))
                .toList();
        return Map.of(
                "status",
                Map.of(
                        "phase",
                        "Running",
                        "podIP",
                        "10.0.0." + i % 250,
                        "startTime",
                        time,
                        "conditions",
                        conditions,
                        "containerStatuses",
                        List.of(Map.of(
                                "name",
                                "main",
                                "ready",
                                true,
                                "restartCount",
                                i % 3,
                                "image",
                                "registry.example.com/shop/storefront:1.42.7",
                                "imageID",
                                "registry.example.com/shop/storefront@sha256:0123456789",
                                "state",
                                Map.of("running", Map.of("startedAt", time))))));
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
                .withImage("registry.example.com/shop/storefront:1.42.7")
                .withCommand("/usr/bin/storefront", "--listen=:8080")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .addNewEnv()
                .withName("MODE")
                .withValue("training")
                .endEnv()
                .addNewEnv()
                .withName("POD_NAME")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("metadata.name")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .withNewResources()
                .addToRequests("cpu", new Quantity("100m"))
                .addToLimits("memory", new Quantity("512Mi"))
                .endResources()
                .withNewLivenessProbe()
                .withNewHttpGet()
                .withPath("/healthz")
                .withPort(new IntOrString("http"))
                .endHttpGet()
                .endLivenessProbe()
                .withNewSecurityContext()
                .withReadOnlyRootFilesystem(true)
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("cache")
                .withMountPath("/var/cache")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("cache")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
    }
}
