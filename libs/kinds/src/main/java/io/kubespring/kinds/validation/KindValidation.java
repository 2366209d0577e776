package io.kubespring.kinds.validation;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;

/** What one kind demands beyond its metadata. Objects come defaulted. */
public interface KindValidation {

    void create(Field object, Errors errors);

    /** Called for the object's own endpoint. */
    void update(Field next, Field current, Errors errors);

    /** Called for the status endpoint. */
    default void updateStatus(Field next, Field current, Errors errors) {}
}
