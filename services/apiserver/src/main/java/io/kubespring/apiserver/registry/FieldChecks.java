package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.request.FieldValidation;
import java.util.List;

/** Turns unknown and duplicate fields into what {@code fieldValidation} asks for: an error, warnings, or nothing. */
final class FieldChecks {

    private FieldChecks() {}

    /**
     * @param patched the result of a patch in JSON, or empty for a whole body
     * @throws StatusException under strict validation
     */
    static void report(
            List<String> problems,
            FieldValidation validation,
            GroupVersionKind kind,
            String patched,
            List<String> warnings) {
        if (problems.isEmpty()) {
            return;
        }
        switch (validation) {
            case IGNORE -> {}
            case WARN -> warnings.addAll(problems);
            case STRICT -> {
                String strict = "strict decoding error: " + String.join(", ", problems);
                if (patched.isEmpty()) {
                    throw StatusException.badRequest(kind.kind() + " in version \"" + kind.version()
                            + "\" cannot be handled as a " + kind.kind() + ": " + strict);
                }
                throw StatusException.invalid(
                        new GroupVersionKind("", "", ""), "", List.of(FieldError.invalid("patch", patched, strict)));
            }
        }
    }
}
