package io.kubespring.apiserver.proxy;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Any ready endpoint of a Service, by its EndpointSlices. Only addresses of Pods are taken: an endpoint that somebody
 * wrote by hand could be anything.
 */
final class ServiceLocator implements Locator {

    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource SLICES = new GroupResource("discovery.k8s.io", "endpointslices");
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final ObjectSource objects;
    private final RandomSource random;
    private final Predicate<String> allowed;

    ServiceLocator(ObjectSource objects, RandomSource random, Predicate<String> allowed) {
        this.objects = objects;
        this.random = random;
        this.allowed = allowed;
    }

    @Override
    public Mono<Location> locate(String namespace, String id) {
        SchemeNamePort asked = SchemeNamePort.parse("service", id);
        var service = objects.get(SERVICES, namespace, asked.name());
        if (service == null) {
            throw StatusException.notFound(SERVICES, asked.name());
        }
        String port = portName(service.tree(), asked);
        List<Location> found = new ArrayList<>();
        for (var item : objects.list(SLICES, namespace)) {
            JsonNode slice = item.tree();
            if (slice.path("metadata")
                    .path("labels")
                    .path(SERVICE_NAME)
                    .asString("")
                    .equals(asked.name())) {
                collect(slice, port, namespace, asked.scheme(), found);
            }
        }
        if (found.isEmpty()) {
            throw unavailable("no endpoints available for service \"" + (port.isEmpty() ? asked.name() : id) + "\"");
        }
        return Mono.just(found.get(random.nextInt(found.size())));
    }

    /** Of a number, the name of the Service's port; a name is taken as it is. */
    private static String portName(JsonNode service, SchemeNamePort asked) {
        long number;
        try {
            number = Long.parseLong(asked.port());
        } catch (NumberFormatException name) {
            return asked.port();
        }
        for (JsonNode port : service.path("spec").path("ports")) {
            if (port.path("port").asLong() == number) {
                return port.path("name").asString("");
            }
        }
        throw unavailable("no service port " + number + " found for service \"" + asked.name() + "\"");
    }

    private void collect(JsonNode slice, String portName, String namespace, String scheme, List<Location> found) {
        int number = -1;
        for (JsonNode port : slice.path("ports")) {
            if (port.path("name").asString("").equals(portName)) {
                number = port.path("port").asInt(-1);
            }
        }
        if (number < 0) {
            return;
        }
        for (JsonNode endpoint : slice.path("endpoints")) {
            boolean ready = endpoint.path("conditions").path("ready").asBoolean(true);
            String address = endpoint.path("addresses").path(0).asString("");
            if (ready && allowed.test(address) && isPod(endpoint.path("targetRef"), namespace, address)) {
                found.add(Location.of(scheme, address, number));
            }
        }
    }

    private boolean isPod(JsonNode target, String namespace, String address) {
        if (!target.path("kind").asString("").equals("Pod")
                || !target.path("namespace").asString(namespace).equals(namespace)) {
            return false;
        }
        var pod = objects.get(PODS, namespace, target.path("name").asString(""));
        return pod != null && hasAddress(pod.tree().get("status"), address);
    }

    private static boolean hasAddress(@Nullable JsonNode status, String address) {
        if (status == null) {
            return false;
        }
        for (JsonNode each : status.path("podIPs")) {
            if (each.path("ip").asString("").equals(address)) {
                return true;
            }
        }
        return status.path("podIP").asString("").equals(address);
    }

    private static StatusException unavailable(String message) {
        return new StatusException(StatusReason.SERVICE_UNAVAILABLE, message);
    }
}
