package io.kubespring.standalone;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.bootstrap.ClusterNetwork;
import io.kubespring.apiserver.features.FeatureGates;
import io.kubespring.apiserver.limits.LimitsConfig;
import io.kubespring.apiserver.security.SecurityConfig;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.controllers.ControllerManager;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.kubespring.kinds.service.PortRange;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.storage.memory.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The controllers against the real API server in one process, each under its own identity, with RBAC and admission: what
 * a test without them cannot see is whether the roles allow what the controllers do.
 */
class ControllersOverApiServerTest {

    @TempDir
    Path pki;

    private ApiServerCore server;
    private ControllerManager controllers;
    private KubeClient admin;

    @BeforeEach
    void start() {
        var time = SystemTime.instance();
        new ClusterPki(pki, time.now());
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
                MemoryStore.create(time),
                time,
                RandomSource.system(),
                new SimpleMeterRegistry());
        server.start();
        eventually(server::ready);
        admin = KubeClient.over(server.transport("admin", "system:masters"), time);
        controllers = new ControllerManager(
                ControllerManagerConfig.defaults().withRootCaPem("PEM"),
                name -> KubeClient.over(
                        name.equals(ControllerManager.IDENTITY)
                                ? server.transport("system:kube-controller-manager")
                                : server.transport(
                                        "system:serviceaccount:kube-system:" + name,
                                        "system:serviceaccounts",
                                        "system:serviceaccounts:kube-system"),
                        time),
                time,
                RandomSource.system(),
                new SimpleMeterRegistry(),
                () -> {});
        controllers.start();
        eventually(controllers::ready);
    }

    @AfterEach
    void stop() {
        controllers.close();
        server.close();
    }

    @Test
    void deploymentServiceNodeAndNamespaceFromBirthToDeath() {
        Await.done(admin.resources(Namespace.class)
                .create(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("team")
                        .endMetadata()
                        .build()));
        eventually(() -> find(ConfigMap.class, "kube-root-ca.crt") != null);
        node();
        Await.done(admin.resources(Service.class).create(service()));
        Await.done(admin.resources(Deployment.class).create(deployment()));
        eventually(() -> pods().size() == 2);
        makeReady();
        eventually(() -> available() == 2);
        eventually(() -> addresses() == 2 && ready() == 2);
        assertThat(events()).anyMatch(event -> event.contains("Scaled up replica set web-"));
        assertThat(events()).anyMatch(event -> event.contains("Created pod: web-"));

        Deployment web = Objects.requireNonNull(find(Deployment.class, "web"));
        web.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("web:v2");
        Await.done(admin.resources(Deployment.class).update(web));
        eventually(() -> {
            makeReady();
            return pods().stream().allMatch(pod -> image(pod).equals("web:v2")) && available() == 2;
        });
        assertThat(Objects.requireNonNull(find(Deployment.class, "web"))
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "2");
        assertThat(list(ReplicaSet.class)).hasSize(2);

        Await.done(admin.resources(Deployment.class)
                .inNamespace("team")
                .delete("web", DeleteOptions.DEFAULT.propagation(DeleteOptions.Propagation.FOREGROUND)));
        eventually(() -> list(ReplicaSet.class).isEmpty()
                && pods().isEmpty()
                && list(Deployment.class).isEmpty());
        eventually(() -> addresses() == 0 && ready() == 0);

        Await.done(admin.resources(Namespace.class).delete("team"));
        eventually(() -> Await.optional(admin.resources(Namespace.class).find("team")) == null);
    }

    @Test
    void everyKindOfWorkloadGetsItsPods() {
        Await.done(admin.resources(Namespace.class)
                .create(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("team")
                        .endMetadata()
                        .build()));
        node();
        var template = deployment().getSpec().getTemplate();
        var selector = deployment().getSpec().getSelector();
        Await.done(admin.resources(DaemonSet.class)
                .create(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("agent")
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(selector)
                        .withTemplate(template)
                        .endSpec()
                        .build()));
        Await.done(admin.resources(StatefulSet.class)
                .create(new StatefulSetBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("db")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withServiceName("db")
                        .withSelector(selector)
                        .withTemplate(template)
                        .endSpec()
                        .build()));
        var once = new PodTemplateSpecBuilder(template)
                .editSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .build();
        Await.done(admin.resources(Job.class)
                .create(new JobBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("work")
                        .endMetadata()
                        .withNewSpec()
                        .withTemplate(once)
                        .endSpec()
                        .build()));
        eventually(() -> {
            pods().stream()
                    .filter(pod -> pod.getMetadata().getName().startsWith("work-"))
                    .forEach(this::succeed);
            makeReady();
            Job work = Objects.requireNonNull(find(Job.class, "work"));
            return Integer.valueOf(1).equals(work.getStatus().getSucceeded())
                    && work.getStatus().getCompletionTime() != null
                    && find(Pod.class, "db-1") != null
                    && pods().stream()
                            .anyMatch(pod -> pod.getMetadata().getName().startsWith("agent-"));
        });
    }

    private void succeed(Pod pod) {
        if ("Succeeded".equals(pod.getStatus().getPhase())) {
            return;
        }
        Await.done(admin.resources(Pod.class)
                .inNamespace("team")
                .patchStatus(
                        pod.getMetadata().getName(),
                        PatchType.STRATEGIC,
                        Map.of("status", Map.of("phase", "Succeeded"))));
    }

    private void node() {
        Await.done(admin.resources(Node.class)
                .create(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-1")
                        .endMetadata()
                        .withNewSpec()
                        .withUnschedulable(true)
                        .endSpec()
                        .build()));
        eventually(() -> {
            Node node = Await.value(admin.resources(Node.class).get("node-1"));
            return "10.244.0.0/24".equals(node.getSpec().getPodCIDR())
                    && node.getSpec().getTaints().stream()
                            .anyMatch(taint -> taint.getKey().equals("node.kubernetes.io/unschedulable"));
        });
    }

    private int available() {
        Deployment web = find(Deployment.class, "web");
        Integer count =
                web == null || web.getStatus() == null ? null : web.getStatus().getAvailableReplicas();
        return count == null ? 0 : count;
    }

    private int addresses() {
        Endpoints endpoints = find(Endpoints.class, "web");
        return endpoints == null
                ? -1
                : endpoints.getSubsets().stream()
                        .mapToInt(subset -> subset.getAddresses().size())
                        .sum();
    }

    private long ready() {
        return list(EndpointSlice.class).stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(endpoint -> endpoint.getConditions().getReady())
                .count();
    }

    private int nextAddress = 1;

    private void makeReady() {
        for (Pod pod : pods()) {
            if ("Pending".equals(pod.getStatus().getPhase())) {
                String ip = "10.244.0." + nextAddress++;
                Await.done(admin.resources(Pod.class)
                        .inNamespace("team")
                        .patchStatus(
                                pod.getMetadata().getName(),
                                PatchType.STRATEGIC,
                                Map.of(
                                        "status",
                                        Map.of(
                                                "phase",
                                                "Running",
                                                "podIP",
                                                ip,
                                                "podIPs",
                                                List.of(Map.of("ip", ip)),
                                                "conditions",
                                                List.of(Map.of("type", "Ready", "status", "True"))))));
            }
        }
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    private List<Pod> pods() {
        return list(Pod.class).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private List<String> events() {
        return list(Event.class).stream().map(Event::getMessage).toList();
    }

    private <T extends io.fabric8.kubernetes.api.model.HasMetadata> List<T> list(Class<T> type) {
        return Await.value(admin.resources(type).inNamespace("team").list()).items();
    }

    private <T extends io.fabric8.kubernetes.api.model.HasMetadata> @org.jspecify.annotations.Nullable T find(
            Class<T> type, String name) {
        return Await.optional(admin.resources(type).inNamespace("team").find(name));
    }

    private static Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", "web"))
                .addNewPort()
                .withPort(80)
                .withTargetPort(new IntOrString(8080))
                .endPort()
                .endSpec()
                .build();
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "web"))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", "web"))
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
