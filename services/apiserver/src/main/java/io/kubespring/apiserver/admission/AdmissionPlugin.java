package io.kubespring.apiserver.admission;

import io.kubespring.api.error.StatusException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One admission rule. Both steps may throw a {@link StatusException} to refuse the write. A write that loses its
 * compare-and-swap runs through the chain again, so plugins keep nothing between calls. Safe for threads, never blocks.
 */
public interface AdmissionPlugin {

    /** Upstream's name, as {@code --enable-admission-plugins} takes it. */
    String name();

    /** Cheap: asked for every write. */
    boolean handles(AdmissionAttributes attributes);

    /**
     * May change {@code object} in place. Only called for CREATE and UPDATE.
     *
     * @param old the stored object; null on create
     */
    default void mutate(AdmissionAttributes attributes, ObjectNode object, @Nullable ObjectNode old) {}

    /**
     * @param object as it would be stored; null on DELETE and CONNECT
     * @param old the stored object; null on CREATE and CONNECT
     */
    default void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {}
}
