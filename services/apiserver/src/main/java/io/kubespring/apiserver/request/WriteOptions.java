package io.kubespring.apiserver.request;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
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
        if (manager.length() > MAX_MANAGER_LENGTH) {
            errors.add(FieldError.tooLong("fieldManager", MAX_MANAGER_LENGTH));
        } else if (manager.chars().anyMatch(Character::isISOControl)) {
            errors.add(FieldError.invalid("fieldManager", manager, "should only contain printable characters"));
        }
        Boolean force = query.optionalFlag("force");
        if (kind.equals("PatchOptions")) {
            if (!apply && force != null) {
                errors.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
            }
            if (apply && manager.isEmpty()) {
                errors.add(FieldError.required("fieldManager", "is required for apply patch"));
            }
        }
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

    static boolean dryRun(List<String> values, List<FieldError> errors) {
        for (String value : values) {
            if (!value.equals("All")) {
                errors.add(FieldError.notSupported("dryRun", value, List.of("All")));
            }
        }
        return !values.isEmpty();
    }

    private static FieldValidation validation(String value, List<FieldError> errors) {
        return switch (value) {
            case "Ignore" -> FieldValidation.IGNORE;
            case "Warn", "" -> FieldValidation.WARN;
            case "Strict" -> FieldValidation.STRICT;
            default -> {
                errors.add(FieldError.notSupported("fieldValidation", value, List.of("Ignore", "Strict", "Warn")));
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
                .filter(each -> !Character.isISOControl(each))
                .limit(MAX_MANAGER_LENGTH)
                .forEach(printable::appendCodePoint);
        return printable.isEmpty() ? "unknown" : printable.toString();
    }
}
