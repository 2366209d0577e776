package io.kubespring.api.error;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one error type that reaches clients. Carries exactly what a {@code Status} says, in upstream's wording where
 * clients match on it. Has no stack trace: it is an answer, not a defect.
 */
public final class StatusException extends RuntimeException {

    /** What the error is about; every part may be empty. */
    public record Details(
            String name,
            String group,
            String kind,
            String uid,
            List<Cause> causes,
            @Nullable Duration retryAfter) {
        public static final Details NONE = new Details("", "", "", "", List.of(), null);

        /** Says nothing, and is shown all the same. */
        private static final Details EMPTY = new Details("", "", "", "", List.of(), null);
    }

    /** One reason among several, {@code field} in upstream's path syntax. */
    public record Cause(String reason, String message, String field) {}

    private final StatusReason reason;
    private final int code;
    private final transient Details details;
    private final String continueToken;
    private final transient List<String> warnings;

    public StatusException(StatusReason reason, String message) {
        this(reason, reason.code(), message, Details.NONE);
    }

    public StatusException(StatusReason reason, int code, String message, Details details) {
        this(reason, code, message, details, "", List.of());
    }

    private StatusException(
            StatusReason reason,
            int code,
            String message,
            Details details,
            String continueToken,
            List<String> warnings) {
        super(message, null, false, false);
        this.reason = reason;
        this.code = code;
        this.details = details;
        this.continueToken = continueToken;
        this.warnings = warnings;
    }

    public StatusReason reason() {
        return reason;
    }

    public int code() {
        return code;
    }

    public Details details() {
        return details;
    }

    /** What the client is warned of beside the refusal. */
    public List<String> warnings() {
        return warnings;
    }

    /** The same refusal, with warnings. */
    public StatusException warning(List<String> texts) {
        return texts.isEmpty()
                ? this
                : new StatusException(reason, code, getMessage(), details, continueToken, List.copyOf(texts));
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    /** What is asked for as a whole is not served: the path, the method, the media type. Its Status has details, empty ones. */
    public static StatusException notServed(StatusReason reason, String message) {
        return new StatusException(reason, reason.code(), message, Details.EMPTY);
    }

    /** The path means nothing that is served. */
    public static StatusException noSuchResource() {
        return notServed(StatusReason.NOT_FOUND, "the server could not find the requested resource");
    }

    /** The path is served, for other methods. */
    public static StatusException noSuchMethod() {
        return notServed(
                StatusReason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
    }

    public static StatusException badRequest(String message) {
        return new StatusException(StatusReason.BAD_REQUEST, message);
    }

    public static StatusException notFound(GroupResource resource, String name) {
        return about(StatusReason.NOT_FOUND, resource, name, resource + " \"" + name + "\" not found");
    }

    public static StatusException alreadyExists(GroupResource resource, String name) {
        return about(StatusReason.ALREADY_EXISTS, resource, name, resource + " \"" + name + "\" already exists");
    }

    public static StatusException conflict(GroupResource resource, String name, String why) {
        return about(
                StatusReason.CONFLICT,
                resource,
                name,
                "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why);
    }

    /** The conflict of a stale resourceVersion. */
    public static StatusException modified(GroupResource resource, String name) {
        return conflict(
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static StatusException forbidden(GroupResource resource, String name, String why) {
        return about(
                StatusReason.FORBIDDEN,
                resource,
                name,
                resource + (name.isEmpty() ? "" : " \"" + name + "\"") + " is forbidden: " + why);
    }

    public static StatusException unauthorized() {
        return new StatusException(StatusReason.UNAUTHORIZED, "Unauthorized");
    }

    /** 410 for a watch or an exact list whose resourceVersion is compacted. */
    public static StatusException expired(String message) {
        return new StatusException(StatusReason.EXPIRED, message);
    }

    /** 410 for a page whose revision is compacted; the Status offers a token that goes on from now. */
    public static StatusException expiredPage(String message, String continueToken) {
        return new StatusException(
                StatusReason.EXPIRED, StatusReason.EXPIRED.code(), message, Details.NONE, continueToken, List.of());
    }

    public static StatusException internal(String message) {
        return new StatusException(StatusReason.INTERNAL_ERROR, "Internal error occurred: " + message);
    }

    /** 422 with one cause a field. */
    public static StatusException invalid(GroupVersionKind kind, String name, List<FieldError> errors) {
        var texts = errors.stream().map(FieldError::toString).distinct().toList();
        String joined = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
        String qualified = kind.group().isEmpty() ? kind.kind() : kind.kind() + "." + kind.group();
        var causes = errors.stream()
                .map(error -> new Cause(error.type().causeReason(), error.body(), error.field()))
                .toList();
        return new StatusException(
                StatusReason.INVALID,
                StatusReason.INVALID.code(),
                qualified + " \"" + name + "\" is invalid: " + joined,
                new Details(name, kind.group(), kind.kind(), "", causes, null));
    }

    private static StatusException about(StatusReason reason, GroupResource resource, String name, String message) {
        return new StatusException(
                reason,
                reason.code(),
                message,
                new Details(name, resource.group(), resource.resource(), "", List.of(), null));
    }

    /** The {@code v1.Status} object as a client sees it. */
    public ObjectNode toStatus() {
        ObjectNode status = Json.object();
        ObjectNode metadata =
                status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        putUnlessEmpty(metadata, "continue", continueToken);
        status.put("status", "Failure").put("message", getMessage());
        if (!reason.text().isEmpty()) {
            status.put("reason", reason.text());
        }
        if (details != Details.NONE) {
            writeDetails(status.putObject("details"));
        }
        return status.put("code", code);
    }

    private void writeDetails(ObjectNode target) {
        putUnlessEmpty(target, "name", details.name());
        putUnlessEmpty(target, "group", details.group());
        putUnlessEmpty(target, "kind", details.kind());
        putUnlessEmpty(target, "uid", details.uid());
        if (!details.causes().isEmpty()) {
            var causes = target.putArray("causes");
            for (Cause cause : details.causes()) {
                var entry = causes.addObject();
                putUnlessEmpty(entry, "reason", cause.reason());
                putUnlessEmpty(entry, "message", cause.message());
                putUnlessEmpty(entry, "field", cause.field());
            }
        }
        if (details.retryAfter() != null) {
            target.put("retryAfterSeconds", details.retryAfter().toSeconds());
        }
    }

    private static void putUnlessEmpty(ObjectNode target, String field, String value) {
        if (!value.isEmpty()) {
            target.put(field, value);
        }
    }
}
