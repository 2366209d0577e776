package io.kubespring.apiserver.request;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What create, update and patch have in common ({@code CreateOptions}, {@code UpdateOptions}, {@code PatchOptions}).
 *
 * @param kind of options: also names them in errors
 * @param fieldManager never empty: falls back to the user agent's first word
 * @param force only for apply: take conflicting fields over
 */
public record WriteOptions(
        String kind, boolean dryRun, String fieldManager, FieldValidation fieldValidation, boolean force) {

    private static final int MAX_MANAGER_LENGTH = 128;

    /**
     * @param apply whether the body is an apply patch, for which a field manager is required
     * @throws StatusException 422 in upstream's words
     */
    public static WriteOptions parse(String kind, QueryParameters query, @Nullable String userAgent, boolean apply) {
        if (query.isEmpty() && !apply) {
            return new WriteOptions(kind, false, managerOf(userAgent), FieldValidation.WARN, false);
        }
        List<FieldError> errors = new ArrayList<>();
        String manager = query.firstOr("fieldManager", "");
        Boolean force = query.optionalFlag("force");
        if (kind.equals("PatchOptions")) {
            if (!apply && force != null) {
                errors.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
            }
            if (apply && manager.isEmpty()) {
                errors.add(FieldError.required("fieldManager", "is required for apply patch"));
            }
        }
        checkManager(manager, errors);
        boolean dryRun = dryRun(query.all("dryRun"), errors);
        FieldValidation validation = validation(query.firstOr("fieldValidation", ""), errors);
        if (!errors.isEmpty()) {
            throw StatusException.invalid(new GroupVersionKind("meta.k8s.io", "v1", kind), "", errors);
        }
        return new WriteOptions(
                kind,
                dryRun,
                manager.isEmpty() ? managerOf(userAgent) : manager,
                validation,
                Boolean.TRUE.equals(force));
    }

    /** As admission sees them. */
    public ObjectNode toTree() {
        ObjectNode tree = Json.object().put("kind", kind).put("apiVersion", "meta.k8s.io/v1");
        if (dryRun) {
            tree.putArray("dryRun").add("All");
        }
        return tree.put("fieldManager", fieldManager);
    }

    /** At most 128 bytes, and each character printable. */
    private static void checkManager(String manager, List<FieldError> errors) {
        byte[] bytes = manager.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_MANAGER_LENGTH) {
            errors.add(FieldError.tooLong("fieldManager", MAX_MANAGER_LENGTH));
        }
        int at = 0;
        for (int each : manager.codePoints().toArray()) {
            if (!printable(each)) {
                errors.add(FieldError.invalid(
                        "fieldManager",
                        manager,
                        "invalid character " + String.format("U+%04X", each) + " (at position " + at + ")"));
            }
            at += Character.toString(each).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Letters, marks, numbers, punctuation, symbols and the plain space. */
    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }

    static boolean dryRun(List<String> values, List<FieldError> errors) {
        if (!values.stream().allMatch("All"::equals)) {
            var shown = Json.mapper().createArrayNode();
            values.forEach(shown::add);
            errors.add(FieldError.notSupported("dryRun", shown, List.of("All")));
        }
        return !values.isEmpty();
    }

    private static FieldValidation validation(String value, List<FieldError> errors) {
        return switch (value) {
            case "Ignore" -> FieldValidation.IGNORE;
            case "Warn", "" -> FieldValidation.WARN;
            case "Strict" -> FieldValidation.STRICT;
            default -> {
                errors.add(FieldError.notSupported("fieldValidation", value, List.of("", "Ignore", "Strict", "Warn")));
                yield FieldValidation.WARN;
            }
        };
    }

    private static String managerOf(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isEmpty()) {
            return "unknown";
        }
        int slash = userAgent.indexOf('/');
        String first = slash < 0 ? userAgent : userAgent.substring(0, slash);
        var printable = new StringBuilder();
        first.codePoints()
                .filter(WriteOptions::printable)
                .limit(MAX_MANAGER_LENGTH)
                .forEach(printable::appendCodePoint);
        return printable.isEmpty() ? "unknown" : printable.toString();
    }
}
