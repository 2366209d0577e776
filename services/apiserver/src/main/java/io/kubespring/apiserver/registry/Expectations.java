package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.request.DeleteOptions;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a client expects of the current object: its resourceVersion and uid. A 409 where it is another. */
final class Expectations {

    private Expectations() {}

    static void checkUpdate(ObjectNode next, ObjectNode current, WriteRequest request, boolean allowUnconditional) {
        GroupResource resource = request.type().groupResource();
        String name = Metadata.name(current);
        String uid = Metadata.text(next, "uid");
        if (!uid.isEmpty() && !uid.equals(Metadata.text(current, "uid"))) {
            throw uidMismatch(resource, name, uid, Metadata.text(current, "uid"));
        }
        String version = Metadata.text(next, "resourceVersion");
        if (version.isEmpty() || version.equals("0")) {
            if (!allowUnconditional) {
                throw StatusException.invalid(
                        request.kind(),
                        name,
                        List.of(FieldError.invalid("metadata.resourceVersion", 0, "must be specified for an update")));
            }
        } else if (!version.equals(Metadata.text(current, "resourceVersion"))) {
            throw StatusException.modified(resource, name);
        }
    }

    static void checkDelete(DeleteOptions options, ObjectNode current, GroupResource resource) {
        String name = Metadata.name(current);
        String uid = options.preconditionUid();
        if (uid != null && !uid.equals(Metadata.text(current, "uid"))) {
            throw uidMismatch(resource, name, uid, Metadata.text(current, "uid"));
        }
        String version = options.preconditionResourceVersion();
        String actual = Metadata.text(current, "resourceVersion");
        if (version != null && !version.equals(actual)) {
            throw StatusException.conflict(
                    resource,
                    name,
                    "Precondition failed: ResourceVersion in precondition: " + version
                            + ", ResourceVersion in object meta: " + actual);
        }
    }

    private static StatusException uidMismatch(GroupResource resource, String name, String wanted, String actual) {
        return StatusException.conflict(
                resource,
                name,
                "Precondition failed: UID in precondition: " + wanted + ", UID in object meta: " + actual);
    }
}
