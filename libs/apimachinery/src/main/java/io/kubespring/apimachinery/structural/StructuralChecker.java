package io.kubespring.apimachinery.structural;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.schema.Schema;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a decoded object against its schema in one walk, in place: prunes what the schema does not know (and says
 * where), drops nulls, refuses values of the wrong type the way upstream's decoder does.
 */
public final class StructuralChecker {

    private StructuralChecker() {}

    /**
     * What the walk found.
     *
     * @param unknownFields paths in document order, as {@code spec.template.spec.containers[0].foo}; at most 100
     */
    public record Result(List<String> unknownFields) {}

    /**
     * Checks and prunes an object whose apiVersion and kind are set.
     *
     * @throws StatusException 400 at the first value of a wrong type
     */
    public static Result check(ObjectNode object, Schema schema) {
        var kind = GroupVersionKind.of(
                object.path("apiVersion").asString(""), object.path("kind").asString(""));
        return check(object, schema, kind);
    }

    /** The same for a body that does not carry its own kind. */
    public static Result check(ObjectNode object, Schema schema, GroupVersionKind kind) {
        var walk = new StructuralWalk();
        try {
            walk.object(object, schema);
        } catch (WrongTypeException wrong) {
            throw StatusException.badRequest(kind.kind() + " in version \"" + kind.version()
                    + "\" cannot be handled as a " + kind.kind() + ": " + wrong.getMessage());
        }
        return new Result(walk.unknownFields());
    }
}
