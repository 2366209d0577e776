package io.kubespring.controllers.servicecidr;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import io.kubespring.controllers.support.ControllersFixture;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceCidrControllerTest {

    private final ControllersFixture fixture = new ControllersFixture().start(ServiceCidrController::register);

    private void cidr(String name, String cidr) {
        fixture.simulation()
                .api()
                .put(new ServiceCIDRBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withCidrs(cidr)
                        .endSpec()
                        .build());
        fixture.settle();
    }

    private void address(String name) {
        fixture.simulation()
                .api()
                .put(new IPAddressBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build());
        fixture.settle();
    }

    private @Nullable ServiceCIDR find(String name) {
        return fixture.simulation().find(ServiceCIDR.class, "", name);
    }

    private String ready(String name) {
        ServiceCIDR found = find(name);
        return found == null || found.getStatus() == null
                ? "none"
                : found.getStatus().getConditions().getFirst().getStatus();
    }

    private void delete(String name) {
        fixture.simulation().client().resources(ServiceCIDR.class).delete(name).block();
        fixture.settle();
    }

    @Test
    void aNewRangeIsProtectedAndReady() {
        cidr("more", "10.200.0.0/24");

        assertThat(ready("more")).isEqualTo("True");
        assertThat(find("more").getMetadata().getFinalizers())
                .containsExactly("networking.k8s.io/service-cidr-finalizer");
    }

    @Test
    void aRangeInUseStaysUntilItsAddressesAreGone() {
        cidr("more", "10.200.0.0/24");
        address("10.200.0.7");
        delete("more");
        fixture.simulation().advance(Duration.ofSeconds(20));
        assertThat(ready("more")).isEqualTo("False");

        fixture.simulation()
                .client()
                .resources(IPAddress.class)
                .delete("10.200.0.7")
                .block();
        fixture.settle();
        fixture.simulation().advance(Duration.ofSeconds(20));
        assertThat(find("more")).isNull();
    }

    @Test
    void aRangeInsideAnotherGoesWithItsAddressesInUse() {
        cidr("all", "10.200.0.0/16");
        cidr("part", "10.200.0.0/24");
        address("10.200.0.7");
        delete("part");
        fixture.simulation().advance(Duration.ofSeconds(20));
        assertThat(find("part")).isNull();
    }

    @Test
    void anUnusedRangeGoesOnlyWhenEveryServerHasHeardOfIt() {
        cidr("more", "10.200.0.0/24");
        delete("more");
        assertThat(find("more")).isNotNull();
        fixture.simulation().advance(Duration.ofSeconds(20));
        assertThat(find("more")).isNull();
    }
}
