package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.request.DeleteOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a client expects of the current object: its resourceVersion and uid. A 409 where it is another. */
final class Expectations {

    private Expectations() {}

    /** A PUT (and what the server derives from one) may say which object it means. What is missing has no uid. */
    static void checkUid(ObjectNode next, @Nullable ObjectNode current, WriteRequest request) {
        String wanted = Metadata.text(next, "uid");
        String actual = current == null ? "" : Metadata.text(current, "uid");
        if (!wanted.isEmpty() && !wanted.equals(actual)) {
            throw StatusException.conflict(
                    request.type().groupResource(),
                    request.name(),
                    "StorageError: invalid object, Code: 4, Key: "
                            + key(request)
                            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                            + wanted + ", UID in object meta: " + actual);
        }
    }

    /** As the layer calls it that refuses: a dry run knows no root. */
    private static String key(WriteRequest request) {
        String key = ObjectKeys.of(request.type(), request.namespace(), request.name());
        return request.options().dryRun() ? key.substring("/registry".length()) : key;
    }

    static void checkVersion(ObjectNode next, ObjectNode current, WriteRequest request, boolean allowUnconditional) {
        GroupResource resource = request.type().groupResource();
        String name = Metadata.name(current);
        String version = Metadata.text(next, "resourceVersion");
        if (version.isEmpty() || version.equals("0")) {
            if (!allowUnconditional) {
                throw StatusException.invalid(
                        new GroupVersionKind(resource.group(), "", resource.resource()),
                        name,
                        List.of(FieldError.invalid("metadata.resourceVersion", 0, "must be specified for an update")));
            }
        } else if (!version.chars().allMatch(each -> each >= '0' && each <= '9')) {
            throw new StatusException(
                    StatusReason.UNKNOWN,
                    "strconv.ParseUint: parsing " + JsonNodeFactory.instance.stringNode(version) + ": invalid syntax");
        } else if (!version.equals(Metadata.text(current, "resourceVersion"))) {
            throw StatusException.modified(resource, name);
        }
    }

    static void checkDelete(DeleteOptions options, ObjectNode current, GroupVersionKind kind) {
        GroupResource named = new GroupResource(kind.group(), kind.kind());
        String name = Metadata.name(current);
        String uid = options.preconditionUid();
        String actualUid = Metadata.text(current, "uid");
        if (uid != null && !uid.equals(actualUid)) {
            throw StatusException.conflict(
                    named,
                    name,
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + actualUid
                            + "). The object might have been deleted and then recreated");
        }
        String version = options.preconditionResourceVersion();
        String actualVersion = Metadata.text(current, "resourceVersion");
        if (version != null && !version.equals(actualVersion)) {
            throw StatusException.conflict(
                    named,
                    name,
                    "the ResourceVersion in the precondition (" + version
                            + ") does not match the ResourceVersion in record (" + actualVersion
                            + "). The object might have been modified");
        }
    }
}
