package io.kubespring.apiserver.admission;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.apiserver.authentication.UserInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a write is about, for admission. The object itself is passed beside it, since it changes on the way.
 *
 * @param kind of the object (or of the subresource's body)
 * @param subresource empty for the object itself
 * @param namespace empty for a cluster-scoped object
 * @param name may be empty on create with {@code generateName}
 * @param options CreateOptions, UpdateOptions, DeleteOptions; or a connect's PodExecOptions …; null if there are none
 */
public record AdmissionAttributes(
        Operation operation,
        GroupVersionKind kind,
        GroupResource resource,
        String subresource,
        String namespace,
        String name,
        UserInfo user,
        boolean dryRun,
        @Nullable ObjectNode options) {

    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /** Whether this is about the named resource itself, no subresource, in the core group. */
    public boolean isCore(String plural) {
        return subresource.isEmpty()
                && resource.group().isEmpty()
                && resource.resource().equals(plural);
    }
}
