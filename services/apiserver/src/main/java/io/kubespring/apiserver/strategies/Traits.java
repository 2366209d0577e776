package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Propagation;
import org.jspecify.annotations.Nullable;

/**
 * The yes-or-no questions that kinds answer differently.
 *
 * @param generation whether {@code metadata.generation} counts changes of the spec
 * @param createOnUpdate whether a PUT of a missing object creates it
 * @param unconditionalUpdate whether a PUT needs no resourceVersion
 * @param returnsDeleted whether a DELETE answers with the object
 * @param statusAlone whether the status endpoint leaves labels and the like as they are
 * @param propagation what becomes of dependents if the client does not say; null where nothing can depend on the kind
 */
record Traits(
        boolean generation,
        boolean createOnUpdate,
        boolean unconditionalUpdate,
        boolean returnsDeleted,
        boolean statusAlone,
        @Nullable Propagation propagation) {

    /** Most kinds of configuration. */
    static final Traits PLAIN = new Traits(false, false, true, false, false, Propagation.BACKGROUND);

    /** Kinds that a controller acts on. */
    static final Traits CONTROLLED = PLAIN.withGeneration();

    Traits withGeneration() {
        return new Traits(true, createOnUpdate, unconditionalUpdate, returnsDeleted, statusAlone, propagation);
    }

    Traits withCreateOnUpdate() {
        return new Traits(generation, true, unconditionalUpdate, returnsDeleted, statusAlone, propagation);
    }

    Traits withConditionalUpdate() {
        return new Traits(generation, createOnUpdate, false, returnsDeleted, statusAlone, propagation);
    }

    Traits withDeletedObject() {
        return new Traits(generation, createOnUpdate, unconditionalUpdate, true, statusAlone, propagation);
    }

    Traits withStatusAlone() {
        return new Traits(generation, createOnUpdate, unconditionalUpdate, returnsDeleted, true, propagation);
    }

    Traits orphaning() {
        return dependents(Propagation.ORPHAN);
    }

    Traits withoutDependents() {
        return dependents(null);
    }

    private Traits dependents(@Nullable Propagation policy) {
        return new Traits(generation, createOnUpdate, unconditionalUpdate, returnsDeleted, statusAlone, policy);
    }
}
