package io.kubespring.kinds.validation.meta;

import io.kubespring.kinds.tree.Field;

/** What one kind demands beyond its metadata. Objects come defaulted. */
public interface KindValidation {

    void create(Field object, Errors errors);

    /** A change through the object's own endpoint. */
    void update(Field next, Field current, Errors errors);

    /** A change through another endpoint: "status", "ephemeralcontainers", … */
    default void updateSubresource(String subresource, Field next, Field current, Errors errors) {}
}
