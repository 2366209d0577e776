package io.kubespring.flannel.shell;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.flannel.FakeIptables;
import io.kubespring.flannel.FakeNetlink;
import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.testing.await.LocalService;
import io.kubespring.testing.client.InMemoryApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as its operator and other nodes see it: what the Node says, the files, health. */
class FlannelApplicationTest {

    @TempDir
    Path folder;

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.seeded(1));
    private final Resources<Node> nodes =
            KubeClient.over(api, SystemTime.instance()).resources(Node.class);
    private final FakeNetlink netlink = new FakeNetlink();
    private final AtomicBoolean away = new AtomicBoolean();

    @BeforeEach
    void describeNetwork() throws Exception {
        Files.writeString(folder.resolve("net-conf.json"), "{\"Network\":\"10.244.0.0/16\",\"Backend\":{\"VNI\":1}}");
        api.addFault(request -> away.get() ? StatusException.internal("away") : null);
    }

    private ConfigurableApplicationContext start(Map<String, Object> more) {
        TransportSource transports = (user, groups) -> {
            assertThat(user).isEqualTo("system:flannel");
            return api;
        };
        Map<String, Object> settings = new HashMap<>(Map.of(
                "healthz-port",
                0,
                "healthz-ip",
                "127.0.0.1",
                "node-name",
                "n1",
                "ip-masq",
                true,
                "net-config-path",
                folder.resolve("net-conf.json").toString(),
                "subnet-file",
                folder.resolve("subnet.env").toString(),
                "cni-conf-dir",
                folder.resolve("net.d").toString()));
        settings.putAll(more);
        return FlannelApplication.COMPONENT.start(
                settings, Map.of("transportSource", transports, "netlink", netlink, "iptables", new FakeIptables()));
    }

    private static Node node(String name, String range) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(range)
                .endSpec()
                .build();
    }

    private Node own() {
        return Await.value(nodes.get("n1"));
    }

    @Test
    void aNodeThatGetsItsRangeIsReadyForPods() throws Exception {
        try (var context = start(Map.of())) {
            var service = new LocalService(
                    Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));
            service.awaitReadiness(503);
            assertThat(service.get("/livez").statusCode()).isEqualTo(200);
            api.put(node("n1", null));
            service.awaitReadiness(503);
            assertThat(folder.resolve("subnet.env")).doesNotExist();

            api.put(node("n1", "10.244.1.0/24"));
            service.awaitReadiness(200);
            assertThat(folder.resolve("subnet.env")).hasContent("""
                FLANNEL_NETWORK=10.244.0.0/16
                FLANNEL_SUBNET=10.244.1.1/24
                FLANNEL_MTU=1450
                FLANNEL_IPMASQ=true
                """);
            assertThat(folder.resolve("net.d/10-flannel.conflist"))
                    .content()
                    .contains("\"ipMasq\":false", "10.244.1.0/24");
            Map<String, String> said = own().getMetadata().getAnnotations();
            assertThat(said)
                    .containsEntry("flannel.alpha.coreos.com/kube-subnet-manager", "true")
                    .containsEntry("flannel.alpha.coreos.com/public-ip", "192.0.2.1")
                    .containsEntry(
                            "flannel.alpha.coreos.com/backend-data",
                            "{\"VNI\":1,\"VtepMAC\":\"" + netlink.device.mac() + "\"}");
            assertThat(own().getStatus().getConditions()).singleElement().satisfies(condition -> {
                assertThat(condition.getType()).isEqualTo("NetworkUnavailable");
                assertThat(condition.getStatus()).isEqualTo("False");
                assertThat(condition.getReason()).isEqualTo("FlannelIsUp");
            });

            away.set(true);
            service.awaitReadiness(503);
            away.set(false);
            service.awaitReadiness(200);
        }
    }

    @Test
    void aKernelThatRefusesIsTriedAgain() {
        netlink.refuses = true;
        api.put(node("n1", "10.244.1.0/24"));
        try (var context = start(Map.of())) {
            var service = new LocalService(
                    Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));
            service.awaitReadiness(503);
            assertThat(folder.resolve("subnet.env")).doesNotExist();
            netlink.refuses = false;
            service.awaitReadiness(200);
        }
    }

    @Test
    void aNewDeviceHasTheMacThatOthersKnow() {
        Node known = node("n1", "10.244.1.0/24");
        known.getMetadata()
                .setAnnotations(Map.of(
                        "flannel.alpha.coreos.com/backend-data", "{\"VNI\":1,\"VtepMAC\":\"02:00:00:00:00:77\"}"));
        api.put(known);
        try (var context = start(Map.of())) {
            eventually(() -> netlink.device != null);
            assertThat(netlink.device.mac()).isEqualTo("02:00:00:00:00:77");
            assertThat(context.isActive()).isTrue();
        }
    }

    @Test
    void wrongFlagsAreNamed() {
        for (var each : List.of(
                Map.<String, Object>of("kube-subnet-mgr", false),
                Map.<String, Object>of("public-ip", "here"),
                Map.<String, Object>of("iptables-resync", 0))) {
            assertThatThrownBy(() -> start(each).close())
                    .satisfies(failure -> assertThat(Component.rootMessage(failure))
                            .contains("--" + each.keySet().iterator().next()));
        }
    }
}
