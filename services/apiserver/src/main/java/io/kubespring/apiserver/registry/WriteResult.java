package io.kubespring.apiserver.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a write leaves behind.
 *
 * @param created whether there was nothing before
 * @param object with its resourceVersion
 * @param stored what the store was given, in the version that it keeps; null where nothing was stored
 * @param revision of the store after the write; 0 where nothing was stored
 * @param warnings texts of Warning headers
 */
public record WriteResult(
        boolean created, ObjectNode object, byte @Nullable [] stored, long revision, List<String> warnings) {

    /** A result that was not stored. */
    static WriteResult unstored(boolean created, ObjectNode object, List<String> warnings) {
        return new WriteResult(created, object, null, 0, warnings);
    }
}
