package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The versions of a kind, for objects whose owners wrote through different ones: a path is owned in the version it was
 * written in, so whether it changed is asked there.
 */
@FunctionalInterface
public interface OtherVersions {

    /** For kinds that are served in one version. */
    OtherVersions NONE = apiVersion -> null;

    /** Null for a version that is not served (any more): who owns fields in it owns nothing. */
    @Nullable
    Version of(String apiVersion);

    /** @param conversion of an object in any version to this one; never changes its argument */
    record Version(Schema schema, UnaryOperator<ObjectNode> conversion) {

        ObjectNode convert(ObjectNode object) {
            return object.isEmpty() ? object : conversion.apply(object);
        }
    }
}
