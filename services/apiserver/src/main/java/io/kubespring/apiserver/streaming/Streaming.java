package io.kubespring.apiserver.streaming;

import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.service.upgrade.Tunnels;

/** Registers what goes through to kubelets. */
public final class Streaming {

    private Streaming() {}

    public static void register(
            ResourceHandlers handlers,
            ObjectSource objects,
            KubeletEndpoints endpoints,
            KubeletClient kubelets,
            ConnectGate gate,
            Tunnels tunnels) {
        handlers.with("get", "", "pods", "log", new LogHandler(objects, endpoints, kubelets));
        VerbHandler streams = new StreamHandler(objects, endpoints, kubelets, gate, tunnels);
        for (String endpoint : new String[] {"exec", "attach", "portforward"}) {
            handlers.with("get", "", "pods", endpoint, streams).with("create", "", "pods", endpoint, streams);
        }
    }
}
