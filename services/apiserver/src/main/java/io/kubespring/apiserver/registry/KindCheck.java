package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Whether a body is of the kind and version that the endpoint takes; one that does not say is. */
public final class KindCheck {

    private KindCheck() {}

    /**
     * @param known what the server has anywhere, which makes another text of it
     * @throws StatusException 400 for anything else
     */
    public static void check(ObjectNode object, GroupVersionKind expected, Predicate<GroupVersionKind> known) {
        String apiVersion = object.path("apiVersion").asString("");
        String kind = object.path("kind").asString("");
        if (kind.isEmpty()) {
            object.put("kind", expected.kind());
        } else if (!kind.equals(expected.kind())) {
            throw another(GroupVersionKind.of(apiVersion, kind), expected, known);
        }
        if (apiVersion.isEmpty()) {
            object.put("apiVersion", expected.apiVersion());
        } else if (!apiVersion.equals(expected.apiVersion())) {
            GroupVersionKind found = GroupVersionKind.of(apiVersion, expected.kind());
            if (!known.test(found)) {
                throw another(found, expected, known);
            }
            throw StatusException.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + expected.apiVersion() + ")");
        }
    }

    private static StatusException another(
            GroupVersionKind found, GroupVersionKind expected, Predicate<GroupVersionKind> known) {
        String why = known.test(found)
                ? "converting (" + found.version() + "." + found.kind() + ") to ("
                        + (expected.group().isEmpty()
                                ? "core"
                                : expected.group().split("\\.", 2)[0]) + "."
                        + expected.kind() + "): unknown conversion"
                : unregistered(found.kind(), found.apiVersion());
        return StatusException.badRequest(found.kind() + " in version \"" + found.version()
                + "\" cannot be handled as a " + expected.kind() + ": " + why);
    }

    /** How upstream says that it knows no such kind. */
    public static String unregistered(String kind, String apiVersion) {
        return "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                + "\" in scheme \"pkg/runtime/scheme.go:111\"";
    }
}
