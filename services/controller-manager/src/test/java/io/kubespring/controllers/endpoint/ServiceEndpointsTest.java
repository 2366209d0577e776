package io.kubespring.controllers.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.kubespring.client.DeleteOptions;
import io.kubespring.controllers.endpointslice.EndpointSliceController;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.testing.client.Simulation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {

    private final ControllersFixture fixture =
            new ControllersFixture().start(EndpointsController::register, EndpointSliceController::register);
    private final Simulation simulation = fixture.simulation();

    @Test
    void readyAndUnreadyPodsArePublishedWithNamedPorts() {
        simulation.create(service(false));
        pod("a", "10.0.0.1", true);
        pod("b", "10.0.0.2", false);
        fixture.settle();
        Endpoints endpoints = simulation.get(Endpoints.class, "default", "web");
        assertThat(endpoints.getSubsets()).hasSize(1);
        assertThat(endpoints.getSubsets().getFirst().getAddresses())
                .extracting(address -> address.getIp())
                .containsExactly("10.0.0.1");
        assertThat(endpoints.getSubsets().getFirst().getNotReadyAddresses())
                .extracting(address -> address.getIp())
                .containsExactly("10.0.0.2");
        assertThat(endpoints.getSubsets().getFirst().getPorts().getFirst().getPort())
                .isEqualTo(8080);
        EndpointSlice slice = slices().getFirst();
        assertThat(slice.getPorts().getFirst().getPort()).isEqualTo(8080);
        assertThat(slice.getMetadata().getLabels())
                .containsEntry("kubernetes.io/service-name", "web")
                .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        assertThat(endpoint("10.0.0.1").getConditions().getReady()).isTrue();
        assertThat(endpoint("10.0.0.2").getConditions().getReady()).isFalse();
        assertThat(endpoint("10.0.0.2").getConditions().getServing()).isFalse();
    }

    @Test
    void terminatingPodStillServesButIsNotReady() {
        simulation.create(service(false));
        pod("a", "10.0.0.1", true);
        fixture.settle();
        simulation
                .client()
                .resources(Pod.class)
                .inNamespace("default")
                .delete("a")
                .block();
        fixture.settle();
        assertThat(endpoint("10.0.0.1").getConditions().getReady()).isFalse();
        assertThat(endpoint("10.0.0.1").getConditions().getServing()).isTrue();
        assertThat(endpoint("10.0.0.1").getConditions().getTerminating()).isTrue();
        assertThat(simulation.get(Endpoints.class, "default", "web").getSubsets())
                .isEmpty();
        simulation
                .client()
                .resources(Pod.class)
                .inNamespace("default")
                .delete("a", DeleteOptions.DEFAULT.grace(0))
                .block();
        fixture.settle();
        assertThat(slices()).hasSize(1);
        assertThat(slices().getFirst().getEndpoints()).isEmpty();
    }

    @Test
    void publishNotReadyAddressesMakesEveryPodReady() {
        simulation.create(service(true));
        pod("b", "10.0.0.2", false);
        fixture.settle();
        assertThat(endpoint("10.0.0.2").getConditions().getReady()).isTrue();
        assertThat(simulation
                        .get(Endpoints.class, "default", "web")
                        .getSubsets()
                        .getFirst()
                        .getAddresses())
                .hasSize(1);
    }

    @Test
    void slicesHoldAHundredAndAChangeWritesOne() {
        simulation.create(service(false));
        for (int i = 0; i < 250; i++) {
            pod("pod" + i, "10.0." + i / 200 + "." + i % 200, true);
        }
        fixture.settle();
        assertThat(slices().stream()
                        .mapToInt(slice -> slice.getEndpoints().size())
                        .sum())
                .isEqualTo(250);
        assertThat(slices()).hasSize(3).allMatch(slice -> slice.getEndpoints().size() <= 100);
        int before = writes();
        pod("pod7", "10.0.0.7", false);
        fixture.settle();
        assertThat(writes() - before).isEqualTo(1);
        assertThat(endpoint("10.0.0.7").getConditions().getReady()).isFalse();
    }

    @Test
    void quietChangesOfAPodWriteNothing() {
        simulation.create(service(false));
        pod("a", "10.0.0.1", true);
        fixture.settle();
        int before = simulation.api().requests().size();
        Pod pod = simulation.get(Pod.class, "default", "a");
        pod.getMetadata().getAnnotations().put("note", "changed");
        simulation.api().put(pod);
        fixture.settle();
        assertThat(simulation.api().requests().size() - before).isEqualTo(1);
    }

    @Test
    void deletedServiceTakesItsEndpointsAlong() {
        simulation.create(service(false));
        fixture.settle();
        simulation
                .client()
                .resources(Service.class)
                .inNamespace("default")
                .delete("web")
                .block();
        fixture.settle();
        assertThat(simulation.find(Endpoints.class, "default", "web")).isNull();
    }

    @Test
    void hostnameIsPublishedUnderTheServiceThatIsTheSubdomain() {
        simulation.create(service(false));
        Pod pod = pod("a", "10.0.0.1", true);
        simulation
                .api()
                .put(new PodBuilder(pod)
                        .editSpec()
                        .withHostname("first")
                        .withSubdomain("web")
                        .endSpec()
                        .build());
        fixture.settle();
        assertThat(endpoint("10.0.0.1").getHostname()).isEqualTo("first");
    }

    private int writes() {
        return (int) simulation.api().requests().stream()
                .filter(request -> request.uri().contains("endpointslices")
                        && !request.method().equals("GET"))
                .count();
    }

    private List<EndpointSlice> slices() {
        return simulation.list(EndpointSlice.class);
    }

    private Endpoint endpoint(String ip) {
        return slices().stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(endpoint -> endpoint.getAddresses().contains(ip))
                .findFirst()
                .orElseThrow();
    }

    private static Service service(boolean publishNotReady) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("10.96.0.7")
                .withSelector(Map.of("app", "web"))
                .withPublishNotReadyAddresses(publishNotReady)
                .addNewPort()
                .withName("http")
                .withPort(80)
                .withTargetPort(new IntOrString("web"))
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
    }

    private Pod pod(String name, String ip, boolean ready) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withLabels(Map.of("app", "web"))
                .endMetadata()
                .withNewSpec()
                .withNodeName("node")
                .addNewContainer()
                .withName("web")
                .addNewPort()
                .withName("web")
                .withContainerPort(8080)
                .withProtocol("TCP")
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(ip)
                .addNewPodIP(ip)
                .withConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .build())
                .endStatus()
                .build();
        simulation.api().put(pod);
        return pod;
    }
}
