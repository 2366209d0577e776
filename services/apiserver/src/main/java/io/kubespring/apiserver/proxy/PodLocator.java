package io.kubespring.apiserver.proxy;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A Pod's own address, at the port that is asked for or the first that it declares. */
final class PodLocator implements Locator {

    private static final GroupResource PODS = new GroupResource("", "pods");

    private final ObjectSource objects;
    private final Predicate<String> allowed;

    PodLocator(ObjectSource objects, Predicate<String> allowed) {
        this.objects = objects;
        this.allowed = allowed;
    }

    @Override
    public Mono<Location> locate(String namespace, String id) {
        SchemeNamePort asked = SchemeNamePort.parse("pod", id);
        var item = objects.get(PODS, namespace, asked.name());
        if (item == null) {
            throw StatusException.notFound(PODS, asked.name());
        }
        ObjectNode pod = item.tree();
        String address = pod.path("status").path("podIP").asString("");
        if (!allowed.test(address)) {
            throw ProxyableAddress.refused();
        }
        int port = asked.port().isEmpty() ? firstPort(pod) : number(asked.port(), id);
        return Mono.just(Location.of(asked.scheme(), address, port));
    }

    private static int number(String port, String id) {
        try {
            int number = Integer.parseInt(port);
            if (number > 0 && number < 65536) {
                return number;
            }
        } catch (NumberFormatException name) {
            // Pods have no names of ports that could be looked up.
        }
        throw StatusException.badRequest("invalid pod request \"" + id + "\"");
    }

    private static int firstPort(ObjectNode pod) {
        for (JsonNode container : pod.path("spec").path("containers")) {
            JsonNode ports = container.path("ports");
            if (!ports.isEmpty()) {
                return ports.get(0).path("containerPort").asInt(-1);
            }
        }
        return -1;
    }
}
