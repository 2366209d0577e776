package io.kubespring.kubelet.environment;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.fake.FakeObjects;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentBuilderTest {

    private final FakeObjects objects = new FakeObjects();
    private final NodeFacts facts = new NodeFacts("node", List.of("192.0.2.1"), List.of("10.0.0.1"), 2000, 1 << 30);

    private Map<String, String> build(String container) {
        Pod pod = pod("{serviceAccountName: robot, containers: [{name: c, image: i, " + container + "}]}");
        pod.getMetadata().setLabels(Map.of("app", "web"));
        return new EnvironmentBuilder(objects, objects)
                .build(pod, pod.getSpec().getContainers().getFirst(), facts);
    }

    @Test
    void valuesReferToEarlierOnes() {
        assertThat(build("env: [{name: A, value: a}, {name: B, value: '$(A)-$(C)-$$(A)'}]"))
                .containsEntry("B", "a-$(C)-$(A)");
    }

    @Test
    void fieldsOfThePodAndItsNode() {
        assertThat(build("env: [{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}},"
                        + "{name: LABEL, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['app']\"}}},"
                        + "{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}},"
                        + "{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}},"
                        + "{name: ACCOUNT, valueFrom: {fieldRef: {fieldPath: spec.serviceAccountName}}}]"))
                .containsEntry("NAME", "p")
                .containsEntry("LABEL", "web")
                .containsEntry("IP", "10.0.0.1")
                .containsEntry("NODE", "node")
                .containsEntry("ACCOUNT", "robot");
    }

    @Test
    void amountsAreDividedAndRoundedUp() {
        assertThat(build("resources: {limits: {cpu: 1500m, memory: 100Mi}}, env: ["
                        + "{name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}},"
                        + "{name: MILLI, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}},"
                        + "{name: MEM, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}]"))
                .containsEntry("CPU", "2")
                .containsEntry("MILLI", "1500")
                .containsEntry("MEM", "100");
        assertThat(build("env: [{name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]"))
                .as("no limit: the node's")
                .containsEntry("CPU", "2");
    }

    @Test
    void keysOfConfigMapsAndSecrets() {
        objects.configMap("conf", "A", "from conf");
        objects.secret("sec", "B", "from sec");
        assertThat(build("envFrom: [{prefix: X_, configMapRef: {name: conf}}, {secretRef: {name: sec}}], env: ["
                        + "{name: ONE, valueFrom: {secretKeyRef: {name: sec, key: B}}},"
                        + "{name: NONE, valueFrom: {configMapKeyRef: {name: conf, key: no, optional: true}}}]"))
                .containsEntry("X_A", "from conf")
                .containsEntry("B", "from sec")
                .containsEntry("ONE", "from sec")
                .doesNotContainKey("NONE");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> build("env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]"))
                .hasMessage("secret \"s\" not found");
        objects.secret("s", "other", "x");
        assertThatThrownBy(() -> build("env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]"))
                .hasMessage("couldn't find key k in Secret ns/s");
        objects.synced = false;
        assertThatThrownBy(() -> build("env: []"))
                .hasMessage("services have not yet been read at least once, cannot construct envvars");
    }

    @Test
    void servicesOfTheNamespaceAndTheApiServer() {
        service("default", "kubernetes", "10.96.0.1", 443, "https");
        service("ns", "my-db", "10.96.0.7", 5432, "");
        service("other", "hidden", "10.96.0.8", 80, "");
        service("ns", "headless", "None", 80, "");
        assertThat(build("env: []"))
                .containsEntry("KUBERNETES_SERVICE_HOST", "10.96.0.1")
                .containsEntry("KUBERNETES_SERVICE_PORT_HTTPS", "443")
                .containsEntry("MY_DB_SERVICE_HOST", "10.96.0.7")
                .containsEntry("MY_DB_PORT", "tcp://10.96.0.7:5432")
                .containsEntry("MY_DB_PORT_5432_TCP_ADDR", "10.96.0.7")
                .doesNotContainKey("HIDDEN_SERVICE_HOST")
                .doesNotContainKey("HEADLESS_SERVICE_HOST");
    }

    private void service(String namespace, String name, String address, int port, String portName) {
        objects.services.add(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(address)
                .addNewPort()
                .withPort(port)
                .withName(portName)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build());
    }
}
