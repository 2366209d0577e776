package io.kubespring.proxy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.Map;

/** Services and slices that tests start from. */
public final class Samples {

    public static final String NODE = "n1";

    private Samples() {}

    /** TCP port 80 named "http" at 10.96.0.20. */
    public static ServiceBuilder service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("10.96.0.20")
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(80)
                .endPort()
                .endSpec();
    }

    public static Service nodePort(String name, int port) {
        return service(name)
                .editSpec()
                .withType("NodePort")
                .editFirstPort()
                .withNodePort(port)
                .endPort()
                .endSpec()
                .build();
    }

    /** One ready endpoint an address, on {@link #NODE} if it ends in an even number. */
    public static EndpointSlice slice(String service, String... addresses) {
        var slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(service + "-1")
                .withNamespace("default")
                .withLabels(Map.of("kubernetes.io/service-name", service))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(8080)
                .endPort();
        for (String each : addresses) {
            boolean even = (each.charAt(each.length() - 1) - '0') % 2 == 0;
            slice = slice.addNewEndpoint()
                    .withAddresses(each)
                    .withNodeName(even ? NODE : "n2")
                    .withNewConditions()
                    .withReady(true)
                    .withServing(true)
                    .withTerminating(false)
                    .endConditions()
                    .endEndpoint();
        }
        return slice.build();
    }
}
