package io.kubespring.kinds.validation.meta;

import io.kubespring.api.error.FieldError;
import io.kubespring.kinds.tree.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** What a validation has found so far. */
public final class Errors {

    private final List<FieldError> found = new ArrayList<>(0);

    /** One that was found elsewhere. */
    public void add(FieldError error) {
        found.add(error);
    }

    public void required(Field field, String detail) {
        found.add(FieldError.required(field.path(), detail));
    }

    /** Shows the value at {@code field}. */
    public void invalid(Field field, String detail) {
        found.add(FieldError.invalid(field.path(), shown(field.value()), detail));
    }

    public void invalid(Field field, @Nullable Object value, String detail) {
        found.add(FieldError.invalid(field.path(), value, detail));
    }

    /** One error for each message. */
    public void invalid(Field field, List<String> messages) {
        for (String each : messages) {
            invalid(field, each);
        }
    }

    public void forbidden(Field field, String detail) {
        found.add(FieldError.forbidden(field.path(), detail));
    }

    public void duplicate(Field field) {
        found.add(FieldError.duplicate(field.path(), shown(field.value())));
    }

    public void duplicate(Field field, Object value) {
        found.add(FieldError.duplicate(field.path(), value));
    }

    public void notFound(Field field) {
        found.add(FieldError.notFound(field.path(), shown(field.value())));
    }

    /** With an explanation, which upstream gives in few places. */
    public void notFound(Field field, Object value, String detail) {
        found.add(new FieldError(FieldError.Type.NOT_FOUND, field.path(), value, detail));
    }

    /** With an explanation, which upstream gives in few places. */
    public void duplicate(Field field, Object value, String detail) {
        found.add(new FieldError(FieldError.Type.DUPLICATE, field.path(), value, detail));
    }

    public void notSupported(Field field, Object value, List<String> supported) {
        found.add(FieldError.notSupported(field.path(), value, supported));
    }

    /** About the object, or something it has, without showing what was found. */
    public void invalidUnshown(Field field, String detail) {
        found.add(FieldError.invalidUnshown(field.path(), detail));
    }

    public void notSupported(Field field, List<String> supported) {
        found.add(FieldError.notSupported(field.path(), shown(field.value()), supported));
    }

    /** With the supported values in the order given, where upstream does not sort them. */
    public void notSupportedOf(Field field, String... supported) {
        found.add(FieldError.notSupportedOf(field.path(), shown(field.value()), supported));
    }

    public void tooLong(Field field, int maxBytes) {
        found.add(FieldError.tooLong(field.path(), maxBytes));
    }

    public void tooMany(Field field, int actual, int max) {
        found.add(FieldError.tooMany(field.path(), actual, max));
    }

    /** A text that must be one of {@code supported}; an absent one is required. */
    public void requireOneOf(Field field, List<String> supported) {
        if (field.empty()) {
            required(field, "");
        } else {
            oneOf(field, supported);
        }
    }

    /** A text that must be one of {@code supported}, absent included. */
    public void oneOf(Field field, List<String> supported) {
        if (!supported.contains(field.text())) {
            notSupported(field, supported);
        }
    }

    /** A number that must not be below zero. */
    public void nonNegative(Field field) {
        if (field.number() < 0) {
            invalid(field, "must be greater than or equal to 0");
        }
    }

    /** An update must leave this field as it was. */
    public void immutable(Field next, Field current) {
        if (!next.sameAs(current)) {
            boolean gone = next.value().isMissingNode() && current.value().isContainer();
            invalid(gone ? next.withValue(NullNode.getInstance()) : next, "field is immutable");
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<FieldError> list() {
        return Collections.unmodifiableList(found);
    }

    private static Object shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value;
    }
}
