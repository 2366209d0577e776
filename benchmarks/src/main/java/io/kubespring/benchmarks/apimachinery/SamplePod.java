package io.kubespring.benchmarks.apimachinery;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import io.kubespring.apimachinery.fieldmanager.FieldManager;
import io.kubespring.apimachinery.fieldmanager.FieldPath;
import io.kubespring.apimachinery.fieldmanager.ManagerInfo;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A running Pod of about 7 KB, owned by the ReplicaSet controller and the kubelet, as clusters are full of. */
final class SamplePod {

    static final Schema SCHEMA = Objects.requireNonNull(Catalog.builtIn().byKind(GroupVersionKind.of("v1", "Pod")))
            .schema();
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final ManagerInfo CONTROLLER = new ManagerInfo("kube-controller-manager", ManagerInfo.UPDATE, "v1", "");
    static final ManagerInfo KUBELET = new ManagerInfo("kubelet", ManagerInfo.UPDATE, "v1", "status");
    static final Set<FieldPath> STATUS_RESETS = Set.of(FieldPath.of("spec"));

    private SamplePod() {}

    /** What a client posts. */
    static ObjectNode manifest() {
        ObjectNode pod = Json.object();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("name", "web-7d4b9c6f5d-x2x7k").put("namespace", "default");
        metadata.putObject("labels").put("app", "web").put("pod-template-hash", "7d4b9c6f5d");
        metadata.putObject("annotations").put("prometheus.io/scrape", "true").put("prometheus.io/port", "8080");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "ReplicaSet")
                .put("name", "web-7d4b9c6f5d")
                .put("uid", "3d3f1b0e-6f0a-4b6e-9c55-f3e0e2d1a111")
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        ObjectNode spec = pod.putObject("spec");
        spec.put("restartPolicy", "Always").put("terminationGracePeriodSeconds", 30);
        spec.put("dnsPolicy", "ClusterFirst").put("schedulerName", "default-scheduler");
        spec.putObject("securityContext").put("runAsUser", 1000);
        spec.putArray("volumes")
                .addObject()
                .put("name", "config")
                .putObject("configMap")
                .put("name", "web");
        ArrayNode containers = spec.putArray("containers");
        container(containers.addObject(), "web", 8080);
        container(containers.addObject(), "sidecar", 9090);
        return pod;
    }

    private static void container(ObjectNode container, String name, int port) {
        container.put("name", name).put("image", "registry.example.com/team/" + name + ":1.2.3");
        container.put("imagePullPolicy", "IfNotPresent").put("terminationMessagePath", "/dev/termination-log");
        container.putArray("args").add("--listen=:" + port).add("--log-format=json");
        container
                .putArray("ports")
                .addObject()
                .put("name", "http")
                .put("containerPort", port)
                .put("protocol", "TCP");
        ArrayNode env = container.putArray("env");
        for (int i = 0; i < 8; i++) {
            env.addObject().put("name", "SETTING_" + i).put("value", "value-of-setting-" + i);
        }
        ObjectNode resources = container.putObject("resources");
        resources.putObject("limits").put("cpu", "500m").put("memory", "512Mi");
        resources.putObject("requests").put("cpu", "100m").put("memory", "128Mi");
        for (String probe : new String[] {"livenessProbe", "readinessProbe"}) {
            ObjectNode check = container.putObject(probe);
            check.putObject("httpGet").put("path", "/healthz").put("port", port).put("scheme", "HTTP");
            check.put("periodSeconds", 10).put("timeoutSeconds", 1).put("failureThreshold", 3);
        }
        container
                .putArray("volumeMounts")
                .addObject()
                .put("name", "config")
                .put("mountPath", "/etc/web")
                .put("readOnly", true);
    }

    /** The same as it is stored: created, then its status reported. */
    static ObjectNode stored() {
        ObjectNode created = manifest();
        ((ObjectNode) created.get("metadata"))
                .put("uid", "8b1f4f6e-0a58-4a7e-8a51-1c2d3e4f5a6b")
                .put("creationTimestamp", "2026-01-01T00:00:00Z");
        FieldManager.update(SCHEMA, null, created, CONTROLLER, Set.of(), NOW);
        ObjectNode running = created.deepCopy();
        reportStatus(running, "Running", true);
        FieldManager.update(SCHEMA, created, running, KUBELET, STATUS_RESETS, NOW);
        return running;
    }

    static void reportStatus(ObjectNode pod, String phase, boolean ready) {
        ObjectNode status = pod.putObject("status");
        status.put("phase", phase)
                .put("hostIP", "10.0.0.7")
                .put("podIP", "10.244.1.23")
                .put("qosClass", "Burstable");
        status.putArray("podIPs").addObject().put("ip", "10.244.1.23");
        status.put("startTime", "2026-01-01T00:00:00Z");
        ArrayNode conditions = status.putArray("conditions");
        for (String type :
                new String[] {"PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"}) {
            conditions
                    .addObject()
                    .put("type", type)
                    .put("status", ready ? "True" : "False")
                    .putNull("lastProbeTime")
                    .put("lastTransitionTime", "2026-01-01T00:00:00Z");
        }
        ArrayNode containers = status.putArray("containerStatuses");
        for (String name : new String[] {"sidecar", "web"}) {
            ObjectNode container = containers.addObject();
            container
                    .put("name", name)
                    .put("ready", ready)
                    .put("restartCount", 0)
                    .put("started", true);
            container.put("image", "registry.example.com/team/" + name + ":1.2.3");
            container.put("imageID", "registry.example.com/team/" + name + "@sha256:" + "0123456789abcdef".repeat(4));
            container.put("containerID", "containerd://" + "fedcba9876543210".repeat(4));
            container.putObject("state").putObject("running").put("startedAt", "2026-01-01T00:00:00Z");
            container.putObject("lastState");
        }
    }
}
