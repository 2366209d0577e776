package io.kubespring.apiserver.registry;

import io.kubespring.client.PatchType;
import tools.jackson.databind.node.ObjectNode;

/** Where the new state of an object comes from. */
public sealed interface WriteSource {

    /** A whole object, as sent. */
    record Body(byte[] bytes, String mediaType) implements WriteSource {}

    /** A change of what is there. */
    record Patch(PatchType type, byte[] bytes) implements WriteSource {}

    /**
     * A change that the server itself derives from a subresource's body (Scale, Binding, …).
     *
     * @param prepared whether it goes through the strategy as an update of the object would; else the change is trusted
     */
    record Derived(Change change, boolean prepared) implements WriteSource {}

    /** Changes a private copy of the current object. May run several times. */
    @FunctionalInterface
    interface Change {
        void apply(ObjectNode object);
    }
}
