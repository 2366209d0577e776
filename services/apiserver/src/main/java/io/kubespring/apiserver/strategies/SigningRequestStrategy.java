package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.registry.Context;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CertificateSigningRequests: the server writes down who asked, nothing of the request can change afterwards, approval
 * writes only the conditions and the signer only the rest of the status.
 */
final class SigningRequestStrategy extends KindStrategy {

    SigningRequestStrategy() {
        super(Traits.PLAIN);
    }

    @Override
    public void prepareForCreate(ObjectNode request, Context context) {
        super.prepareForCreate(request, context);
        ObjectNode spec = request.get("spec") instanceof ObjectNode given ? given : request.putObject("spec");
        UserInfo user = context.user();
        spec.put("username", user.name());
        spec.remove(List.of("uid", "groups", "extra"));
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            ArrayNode groups = spec.putArray("groups");
            user.groups().forEach(groups::add);
        }
        if (!user.extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        JsonNode conditions = next.path("status").path("conditions").deepCopy();
        super.prepareForUpdate(next, current, context);
        keep("spec", next, current);
        if (context.subresource().equals("approval")) {
            keep("status", next, current);
            ObjectNode status = next.get("status") instanceof ObjectNode kept ? kept : next.putObject("status");
            status.set("conditions", conditions);
        }
    }
}
