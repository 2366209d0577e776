package io.kubespring.apiserver.proxy;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.streaming.KubeletEndpoint;
import io.kubespring.apiserver.streaming.KubeletEndpoints;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A node's kubelet, or another port of the node, which must then not be the server's own machine. */
final class NodeLocator implements Locator {

    private final KubeletEndpoints kubelets;

    NodeLocator(KubeletEndpoints kubelets) {
        this.kubelets = kubelets;
    }

    @Override
    public Mono<Location> locate(String namespace, String id) {
        SchemeNamePort asked = SchemeNamePort.parse("node", id);
        KubeletEndpoint kubelet = kubelets.of(asked.name());
        if (asked.port().isEmpty() || asked.port().equals(Integer.toString(kubelet.port()))) {
            return Mono.just(new Location(Location.Trust.KUBELET, kubelet.host(), kubelet.port()));
        }
        Location location = Location.of(asked.scheme(), kubelet.host(), port(asked.port(), id));
        return checked(kubelet.host()).thenReturn(location);
    }

    private static int port(String text, String id) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException name) {
            throw StatusException.badRequest("invalid node request \"" + id + "\"");
        }
    }

    private static Mono<Void> checked(String host) {
        if (ProxyableAddress.literal(host) != null) {
            return ProxyableAddress.allows(host) ? Mono.empty() : Mono.error(ProxyableAddress.refused());
        }
        return Mono.<Void>fromCallable(() -> {
                    resolve(host);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static void resolve(String host) {
        try {
            if (!Arrays.stream(InetAddress.getAllByName(host)).allMatch(ProxyableAddress::allows)) {
                throw ProxyableAddress.refused();
            }
        } catch (UnknownHostException unknown) {
            throw StatusException.badRequest("lookup " + host + ": no such host");
        }
    }
}
