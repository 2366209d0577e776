package io.kubespring.proxy.model;

import static io.kubespring.proxy.Samples.NODE;
import static io.kubespring.proxy.Samples.service;
import static io.kubespring.proxy.Samples.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import org.junit.jupiter.api.Test;

class ServiceMapTest {

    private final ServiceMap services = new ServiceMap(NODE);

    private ServicePort only() {
        return services.takeChanges().get("default/web").getFirst();
    }

    @Test
    void aServiceIsJoinedWithItsSlicesInEitherOrder() {
        services.put(slice("web", "10.244.0.2", "10.244.1.3"));
        services.put(service("web").build());
        ServicePort port = only();
        assertThat(port.name()).isEqualTo("default/web:http");
        assertThat(port.backends()).extracting(Backend::address).containsExactly("10.244.0.2:8080", "10.244.1.3:8080");
        assertThat(port.here()).extracting(Backend::ip).containsExactly("10.244.0.2");
    }

    @Test
    void onlyWhatChangedIsTold() {
        services.put(service("web").build());
        services.put(service("db").build());
        assertThat(services.takeChanges()).containsOnlyKeys("default/web", "default/db");
        services.put(slice("db", "10.244.0.2"));
        assertThat(services.takeChanges()).containsOnlyKeys("default/db");
        assertThat(services.takeChanges()).isEmpty();
        services.remove(service("web").build());
        assertThat(services.takeChanges().get("default/web")).isEmpty();
    }

    @Test
    void terminatingBackendsServeOnlyWhileNoneIsReady() {
        EndpointSlice slice = slice("web", "10.244.0.2", "10.244.0.4");
        var conditions = slice.getEndpoints().getFirst().getConditions();
        conditions.setReady(false);
        conditions.setTerminating(true);
        services.put(service("web").build());
        services.put(slice);
        assertThat(only().everywhere()).extracting(Backend::ip).containsExactly("10.244.0.4");

        slice.getEndpoints().removeLast();
        services.put(slice);
        assertThat(only().everywhere()).extracting(Backend::ip).containsExactly("10.244.0.2");
    }

    @Test
    void headlessAndExternalNamesHaveNothingToProxy() {
        services.put(service("web").editSpec().withClusterIP("None").endSpec().build());
        assertThat(services.takeChanges().get("default/web")).isEmpty();
        services.put(
                service("web").editSpec().withType("ExternalName").endSpec().build());
        assertThat(services.takeChanges().get("default/web")).isEmpty();
    }
}
