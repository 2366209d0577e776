package io.kubespring.controllers.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.kubespring.client.DeleteOptions;
import io.kubespring.controllers.rootca.RootCaPublisher;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.kubespring.controllers.serviceaccount.ServiceAccountController;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.testing.client.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NamespaceDeletionTest {

    private final ControllersFixture fixture = new ControllersFixture(
                    ControllerManagerConfig.defaults().withRootCaPem("PEM"))
            .start(NamespaceController::register, ServiceAccountController::register, RootCaPublisher::register);
    private final Simulation simulation = fixture.simulation();

    @Test
    void newNamespaceGetsItsAccountAndRootCertificateBackAlsoWhenTheyAreDeleted() {
        namespace();
        for (int i = 0; i < 2; i++) {
            fixture.settle();
            assertThat(simulation.find(ServiceAccount.class, "team", "default")).isNotNull();
            assertThat(simulation
                            .get(ConfigMap.class, "team", "kube-root-ca.crt")
                            .getData())
                    .containsEntry("ca.crt", "PEM");
            simulation
                    .client()
                    .resources(ServiceAccount.class)
                    .inNamespace("team")
                    .delete("default")
                    .block();
            simulation
                    .client()
                    .resources(ConfigMap.class)
                    .inNamespace("team")
                    .delete("kube-root-ca.crt")
                    .block();
        }
    }

    @Test
    void contentGoesPodsFirstThenTheNamespace() {
        namespace();
        fixture.settle();
        simulation
                .api()
                .put(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node")
                        .endSpec()
                        .build());
        simulation.client().resources(Namespace.class).delete("team").block();
        simulation.advance(Duration.ofSeconds(5));
        assertThat(simulation.get(Pod.class, "team", "web").getMetadata().getDeletionTimestamp())
                .isNotNull();
        assertThat(simulation.find(ServiceAccount.class, "team", "default")).isNotNull();
        assertThat(message("NamespaceContentRemaining"))
                .isEqualTo("Some resources are remaining: pods. has 1 resource instances");
        simulation
                .client()
                .resources(Pod.class)
                .inNamespace("team")
                .delete("web", DeleteOptions.DEFAULT.grace(0))
                .block();
        simulation.advance(Duration.ofSeconds(5));
        assertThat(simulation.find(ServiceAccount.class, "team", "default")).isNull();
        assertThat(simulation.find(Namespace.class, "", "team")).isNull();
    }

    @Test
    void finalizerOfAnObjectHoldsTheNamespaceAndIsNamed() {
        namespace();
        simulation
                .api()
                .put(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("held")
                        .addToFinalizers("example.com/hold")
                        .endMetadata()
                        .build());
        simulation.client().resources(Namespace.class).delete("team").block();
        simulation.advance(Duration.ofSeconds(5));
        assertThat(message("NamespaceFinalizersRemaining"))
                .isEqualTo("Some content in the namespace has finalizers remaining: "
                        + "example.com/hold in 1 resource instances");
    }

    private String message(String type) {
        return simulation.get(Namespace.class, "", "team").getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow()
                .getMessage();
    }

    private void namespace() {
        simulation
                .api()
                .put(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("team")
                        .endMetadata()
                        .withNewSpec()
                        .addToFinalizers("kubernetes")
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Active")
                        .endStatus()
                        .build());
    }
}
