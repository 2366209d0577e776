package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Propagation;

/**
 * The yes-or-no questions that kinds answer differently.
 *
 * @param generation whether {@code metadata.generation} counts changes of the spec
 * @param createOnUpdate whether a PUT of a missing object creates it
 * @param unconditionalUpdate whether a PUT needs no resourceVersion
 * @param returnsDeleted whether a DELETE answers with the object
 * @param propagation what becomes of dependents if the client does not say
 */
record Traits(
        boolean generation,
        boolean createOnUpdate,
        boolean unconditionalUpdate,
        boolean returnsDeleted,
        Propagation propagation) {

    /** Most kinds of configuration. */
    static final Traits PLAIN = new Traits(false, false, true, false, Propagation.BACKGROUND);

    /** Kinds that a controller acts on. */
    static final Traits CONTROLLED = PLAIN.withGeneration();

    Traits withGeneration() {
        return new Traits(true, createOnUpdate, unconditionalUpdate, returnsDeleted, propagation);
    }

    Traits withCreateOnUpdate() {
        return new Traits(generation, true, unconditionalUpdate, returnsDeleted, propagation);
    }

    Traits withConditionalUpdate() {
        return new Traits(generation, createOnUpdate, false, returnsDeleted, propagation);
    }

    Traits withDeletedObject() {
        return new Traits(generation, createOnUpdate, unconditionalUpdate, true, propagation);
    }

    Traits orphaning() {
        return new Traits(generation, createOnUpdate, unconditionalUpdate, returnsDeleted, Propagation.ORPHAN);
    }
}
