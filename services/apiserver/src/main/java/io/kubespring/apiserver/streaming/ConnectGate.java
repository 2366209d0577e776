package io.kubespring.apiserver.streaming;

import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.ForbiddenMessage;
import io.kubespring.apiserver.handlers.Call;
import java.util.Objects;

/** What stands between an authorized request for a connection and the connection. */
public final class ConnectGate {

    private final Authorizer authorizer;
    private final AdmissionChain admission;

    public ConnectGate(Authorizer authorizer, AdmissionChain admission) {
        this.authorizer = authorizer;
        this.admission = admission;
    }

    /** Opening a command or a tunnel needs the permission to create it, whatever the HTTP method. */
    void requireCreate(Call call) {
        if (call.info().verb().equals("create")) {
            return;
        }
        Attributes attributes = Attributes.resource(
                call.request().user(),
                "create",
                call.groupResource().group(),
                call.groupResource().resource(),
                call.subresource(),
                call.namespace(),
                call.name());
        Decision decision = authorizer.authorize(attributes);
        if (!decision.allowed()) {
            throw ForbiddenMessage.of(attributes, decision.reason());
        }
    }

    /** Asks admission, as the operation CONNECT. */
    public void admit(Call call, String name) {
        admission.validate(
                new AdmissionAttributes(
                        AdmissionAttributes.Operation.CONNECT,
                        Objects.requireNonNull(call.type().subresource(call.subresource()))
                                .kind(),
                        call.groupResource(),
                        call.subresource(),
                        call.namespace(),
                        name,
                        call.request().user(),
                        false,
                        null),
                null,
                null);
    }
}
