package io.kubespring.api.error;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing wrong with one field, worded as upstream words it.
 *
 * @param field path such as {@code spec.containers[0].image}
 * @param value what was found: a String, number, boolean, {@link JsonNode} or null; not shown by every type
 * @param detail the explanation, possibly empty
 */
public record FieldError(Type type, String field, @Nullable Object value, String detail) {

    /** The kinds of field error, each with the {@code reason} of its cause and its opening words. */
    public enum Type {
        NOT_FOUND("FieldValueNotFound", "Not found"),
        REQUIRED("FieldValueRequired", "Required value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many"),
        INTERNAL("InternalError", "Internal error"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value");

        private final String causeReason;
        private final String opening;

        Type(String causeReason, String opening) {
            this.causeReason = causeReason;
            this.opening = opening;
        }

        public String causeReason() {
            return causeReason;
        }
    }

    private enum Omitted {
        VALUE
    }

    public static FieldError required(String field, String detail) {
        return new FieldError(Type.REQUIRED, field, null, detail);
    }

    public static FieldError invalid(String field, @Nullable Object value, String detail) {
        return new FieldError(Type.INVALID, field, value, detail);
    }

    /** For upstream's messages that leave the value out: "Invalid value: must be …". */
    public static FieldError invalidUnshown(String field, String detail) {
        return new FieldError(Type.INVALID, field, Omitted.VALUE, detail);
    }

    public static FieldError forbidden(String field, String detail) {
        return new FieldError(Type.FORBIDDEN, field, null, detail);
    }

    public static FieldError duplicate(String field, Object value) {
        return new FieldError(Type.DUPLICATE, field, value, "");
    }

    public static FieldError notFound(String field, Object value) {
        return new FieldError(Type.NOT_FOUND, field, value, "");
    }

    /** Lists the allowed values quoted, in the order given: upstream sorts some lists and others not. */
    public static FieldError notSupported(String field, @Nullable Object value, List<String> supported) {
        String allowed = supported.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "));
        return new FieldError(Type.NOT_SUPPORTED, field, value, "supported values: " + allowed);
    }

    /** The same in the order given, where upstream does not sort them. */
    public static FieldError notSupportedOf(String field, @Nullable Object value, String... supported) {
        String allowed = Arrays.stream(supported).map(each -> '"' + each + '"').collect(Collectors.joining(", "));
        return new FieldError(Type.NOT_SUPPORTED, field, value, "supported values: " + allowed);
    }

    public static FieldError tooLong(String field, int maxLength) {
        return new FieldError(Type.TOO_LONG, field, null, "may not be more than " + maxLength + " bytes");
    }

    public static FieldError tooMany(String field, int actual, int max) {
        return new FieldError(Type.TOO_MANY, field, actual, "must have at most " + max + " items");
    }

    /** The message without the field, as it stands in a cause. */
    public String body() {
        var text = new StringBuilder(type.opening);
        if (value == Omitted.VALUE) {
            return text.append(": ").append(detail).toString();
        }
        switch (type) {
            case REQUIRED, FORBIDDEN, TOO_LONG, INTERNAL -> {}
            case NOT_FOUND, DUPLICATE, INVALID, NOT_SUPPORTED, TOO_MANY, TYPE_INVALID ->
                text.append(": ").append(render(value));
        }
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        return text.toString();
    }

    private static String render(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case JsonNode node -> node.toString();
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> quoted(value.toString());
        };
    }

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");

    /** As Go's {@code %q}, for all that field values hold. */
    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
        escaped = escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
        return '"'
                + CONTROL.matcher(escaped)
                        .replaceAll(each ->
                                String.format("\\\\x%02x", (int) each.group().charAt(0)))
                + '"';
    }

    @Override
    public String toString() {
        return field + ": " + body();
    }
}
