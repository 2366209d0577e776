package io.kubespring.apiserver.proxy;

import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.streaming.ConnectGate;
import io.kubespring.apiserver.streaming.KubeletEndpoints;
import io.kubespring.service.upgrade.Tunnels;
import java.util.List;

/** Registers the proxy subresources, for every verb; OPTIONS has none. */
public final class Proxying {

    private static final List<String> VERBS = List.of("get", "create", "update", "patch", "delete", "");

    private Proxying() {}

    public static void register(
            ResourceHandlers handlers,
            ObjectSource objects,
            RandomSource random,
            KubeletEndpoints kubelets,
            ProxyClient client,
            ConnectGate gate,
            Tunnels tunnels) {
        register(handlers, "pods", new PodLocator(objects, ProxyableAddress::allows), client, gate, tunnels);
        register(
                handlers,
                "services",
                new ServiceLocator(objects, random, ProxyableAddress::allows),
                client,
                gate,
                tunnels);
        register(handlers, "nodes", new NodeLocator(kubelets), client, gate, tunnels);
    }

    private static void register(
            ResourceHandlers handlers,
            String resource,
            Locator locator,
            ProxyClient client,
            ConnectGate gate,
            Tunnels tunnels) {
        VerbHandler handler = new ProxyHandler(locator, client, gate, tunnels);
        for (String verb : VERBS) {
            handlers.with(verb, "", resource, "proxy", handler);
        }
    }
}
