package io.kubespring.apiserver.streaming;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import io.kubespring.apiserver.handlers.VerbHandler;

/** Registers what goes through to kubelets. */
public final class Streaming {

    private Streaming() {}

    public static void register(
            ResourceHandlers handlers,
            ObjectSource objects,
            KubeletClient kubelets,
            Authorizer authorizer,
            AdmissionChain admission) {
        var endpoints = new KubeletEndpoints(objects);
        handlers.with("get", "", "pods", "log", new LogHandler(objects, endpoints, kubelets));
        for (String endpoint : new String[] {"exec", "attach"}) {
            VerbHandler handler = new ExecHandler(endpoint, objects, endpoints, kubelets, authorizer, admission);
            handlers.with("get", "", "pods", endpoint, handler).with("create", "", "pods", endpoint, handler);
        }
        VerbHandler notYet = call -> {
            throw new StatusException(StatusReason.NOT_IMPLEMENTED, "port-forward is not supported by this server yet");
        };
        handlers.with("get", "", "pods", "portforward", notYet).with("create", "", "pods", "portforward", notYet);
    }
}
