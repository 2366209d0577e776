package io.kubespring.apiserver.authorization;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import java.util.List;

/** The 403 that a client gets when no authorizer allows its request, in upstream's words. */
public final class ForbiddenMessage {

    private ForbiddenMessage() {}

    public static StatusException of(Attributes attributes, String reason) {
        String message = sentence(attributes) + (reason.isEmpty() ? "" : ": " + reason);
        if (!attributes.resourceRequest()) {
            return new StatusException(
                    StatusReason.FORBIDDEN,
                    StatusReason.FORBIDDEN.code(),
                    "forbidden: " + message,
                    StatusException.Details.NONE);
        }
        var resource = new GroupResource(attributes.apiGroup(), attributes.resource());
        String what = attributes.name().isEmpty() ? resource.toString() : resource + " \"" + attributes.name() + "\"";
        return new StatusException(
                StatusReason.FORBIDDEN,
                StatusReason.FORBIDDEN.code(),
                what + " is forbidden: " + message,
                new StatusException.Details(
                        attributes.name(), attributes.apiGroup(), attributes.resource(), "", List.of(), null));
    }

    private static String sentence(Attributes attributes) {
        String user = "User \"" + attributes.user().name() + "\" cannot " + attributes.verb();
        if (!attributes.resourceRequest()) {
            return user + " path \"" + attributes.path() + "\"";
        }
        String what = user + " resource \"" + attributes.qualifiedResource() + "\" in API group \""
                + attributes.apiGroup() + "\"";
        return attributes.namespace().isEmpty()
                ? what + " at the cluster scope"
                : what + " in the namespace \"" + attributes.namespace() + "\"";
    }
}
