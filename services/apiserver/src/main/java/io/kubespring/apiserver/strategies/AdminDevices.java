package io.kubespring.apiserver.strategies;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.FieldError;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.registry.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Access to devices that others use (KEP-5018): only in namespaces that are labelled for it. */
final class AdminDevices {

    private static final String LABEL = "resource.kubernetes.io/admin-access";
    private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

    private AdminDevices() {}

    /**
     * The first that asks without being allowed; upstream names the place as it was before requests had alternatives.
     *
     * @param spec of a claim
     */
    static List<FieldError> refusals(JsonNode spec, Context context) {
        int i = 0;
        for (JsonNode request : spec.path("devices").path("requests")) {
            if (request.path("exactly").path("adminAccess").asBoolean(false)) {
                return isLabelled(context)
                        ? List.of()
                        : List.of(FieldError.forbidden(
                                "spec.devices.requests[" + i + "].adminAccess",
                                "admin access to devices requires the `" + LABEL
                                        + ": true` label on the containing namespace"));
            }
            i++;
        }
        return List.of();
    }

    private static boolean isLabelled(Context context) {
        ObjectSource.@Nullable Item namespace = context.objects().get(NAMESPACES, "", context.namespace());
        return namespace != null
                && namespace
                        .tree()
                        .path("metadata")
                        .path("labels")
                        .path(LABEL)
                        .asString("")
                        .equals("true");
    }
}
