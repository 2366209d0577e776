package io.kubespring.kinds.validation;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.ObjectMetaValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The door to validation: metadata for every kind, and what the kind adds. Objects come defaulted and structurally
 * sound. Pure: nothing is modified, nothing but the arguments is looked at.
 */
public final class Validation {

    private Validation() {}

    /** Everything wrong with a new object. */
    public static List<FieldError> create(GroupVersionKind kind, ObjectNode object) {
        var errors = new Errors();
        Field root = Field.root(object);
        ObjectMetaValidation.create(kind, root.at("metadata"), errors);
        @Nullable KindValidation own = KindValidations.of(kind);
        if (own != null) {
            own.create(root, errors);
        }
        return errors.list();
    }

    /** Everything wrong with a change of the object through its own endpoint. */
    public static List<FieldError> update(GroupVersionKind kind, ObjectNode next, ObjectNode current) {
        return update(kind, "", next, current);
    }

    /** Everything wrong with a change through the status endpoint. */
    public static List<FieldError> updateStatus(GroupVersionKind kind, ObjectNode next, ObjectNode current) {
        return update(kind, "status", next, current);
    }

    /**
     * Everything wrong with a change.
     *
     * @param subresource the endpoint, empty for the object's own
     */
    public static List<FieldError> update(
            GroupVersionKind kind, String subresource, ObjectNode next, ObjectNode current) {
        var errors = new Errors();
        Field root = Field.root(next);
        Field old = Field.root(current);
        ObjectMetaValidation.update(kind, root.at("metadata"), old.at("metadata"), errors);
        @Nullable KindValidation own = KindValidations.of(kind);
        if (own == null) {
            return errors.list();
        }
        if (subresource.isEmpty()) {
            own.update(root, old, errors);
        } else {
            own.updateSubresource(subresource, root, old, errors);
        }
        return errors.list();
    }

    /** Whether the kind is validated beyond its metadata. */
    public static boolean covers(GroupVersionKind kind) {
        return KindValidations.of(kind) != null;
    }
}
