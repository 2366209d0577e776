package io.kubespring.kinds.validation;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.json.Json;
import io.kubespring.kinds.defaulting.Defaults;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Short words for tables of manifests and the errors they get. Manifests may use single quotes. */
final class ValidationKit {

    private final GroupVersionKind kind;

    ValidationKit(String apiVersion, String kind) {
        this.kind = GroupVersionKind.of(apiVersion, kind);
    }

    /** Defaulted, and named if it has no name. */
    ObjectNode object(String manifest) {
        ObjectNode object = (ObjectNode) Json.read(manifest.replace('\'', '"'));
        ObjectNode metadata = object.get("metadata") instanceof ObjectNode given ? given : object.putObject("metadata");
        if (!metadata.has("name")) {
            metadata.put("name", "a");
        }
        Defaults.apply(kind, object);
        return object;
    }

    List<String> create(String manifest) {
        return texts(Validation.create(kind, object(manifest)));
    }

    /** As it is, but for its defaults. */
    List<String> createObject(ObjectNode object) {
        Defaults.apply(kind, object);
        return texts(Validation.create(kind, object));
    }

    List<String> updateObject(String subresource, ObjectNode current, ObjectNode next) {
        Defaults.apply(kind, next);
        return texts(Validation.update(kind, subresource, next, current));
    }

    List<String> update(String current, Consumer<ObjectNode> change) {
        ObjectNode old = object(current);
        ObjectNode next = old.deepCopy();
        change.accept(next);
        Defaults.apply(kind, next);
        return texts(Validation.update(kind, next, old));
    }

    List<String> update(String current, String next) {
        return update("", current, next);
    }

    List<String> update(String subresource, String current, String next) {
        return texts(Validation.update(kind, subresource, object(next), object(current)));
    }

    private static List<String> texts(List<FieldError> errors) {
        return errors.stream().map(FieldError::toString).toList();
    }
}
