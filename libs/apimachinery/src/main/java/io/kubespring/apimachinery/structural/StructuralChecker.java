package io.kubespring.apimachinery.structural;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.schema.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
     * @param problems what strict validation objects to, worded as upstream and in document order:
     *     {@code unknown field "spec.template.spec.containers[0].foo"}, {@code duplicate field "spec.paused"}
     */
    public record Result(List<String> problems) {}

    /**
     * Checks and prunes an object.
     *
     * @param duplicateFields paths of fields that stood more than once in the body; those that nobody reads are no
     *     problem
     * @throws StatusException 400 at the first value of a wrong type
     */
    public static Result check(
            ObjectNode object, Schema schema, GroupVersionKind kind, Collection<String> duplicateFields) {
        var walk = new StructuralWalk(duplicateFields.isEmpty() ? Set.of() : Set.copyOf(duplicateFields));
        try {
            walk.object(object, schema);
        } catch (WrongTypeException wrong) {
            throw StatusException.badRequest(kind.kind() + " in version \"" + kind.version()
                    + "\" cannot be handled as a " + kind.kind() + ": " + wrong.getMessage());
        }
        return new Result(walk.problems());
    }

    public static Result check(ObjectNode object, Schema schema, GroupVersionKind kind) {
        return check(object, schema, kind, List.of());
    }

    /** The same for an object whose own apiVersion and kind are set. */
    public static Result check(ObjectNode object, Schema schema) {
        var kind = GroupVersionKind.of(
                object.path("apiVersion").asString(""), object.path("kind").asString(""));
        return check(object, schema, kind);
    }
}
