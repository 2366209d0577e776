package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apimachinery.decode.DuplicateFields;
import io.kubespring.apiserver.request.FieldValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns unknown and duplicate fields into what {@code fieldValidation} asks for: an error, warnings, or nothing. */
public final class FieldChecks {

    private FieldChecks() {}

    /**
     * @param yaml what a YAML body has more than once, a sentence each
     * @param patched how an error quotes a patch; null for a whole body
     * @throws StatusException under strict validation
     */
    public static void report(
            List<String> yaml,
            List<String> problems,
            FieldValidation validation,
            GroupVersionKind kind,
            @Nullable Supplier<String> patched,
            List<String> warnings) {
        if (problems.isEmpty() && yaml.isEmpty()) {
            return;
        }
        switch (validation) {
            case IGNORE -> {}
            case WARN -> {
                warnings.addAll(yaml);
                warnings.addAll(problems);
            }
            case STRICT -> {
                List<String> all = new ArrayList<>(problems);
                if (!yaml.isEmpty()) {
                    all.addFirst(DuplicateFields.error(yaml));
                }
                String strict = "strict decoding error: " + String.join(", ", all);
                throw patched == null
                        ? StatusException.badRequest(handledAs(kind) + strict)
                        : invalidPatch(patched.get(), strict);
            }
        }
    }

    /**
     * @param twice sentences, as an apply patch notes them
     * @throws StatusException under strict validation
     */
    static void reportTwice(List<String> twice, FieldValidation validation, List<String> warnings) {
        List<String> sentences = DuplicateFields.sentences(twice);
        if (sentences.isEmpty()) {
            return;
        }
        switch (validation) {
            case IGNORE -> {}
            case WARN -> warnings.addAll(sentences);
            case STRICT ->
                throw StatusException.badRequest("error strict decoding YAML: error converting YAML to JSON: "
                        + DuplicateFields.error(sentences));
        }
    }

    /** A value of a wrong type is the patch's fault, where it came by a patch. */
    public static List<String> ofPatch(GroupVersionKind kind, Supplier<String> patched, Supplier<List<String>> check) {
        try {
            return check.get();
        } catch (StatusException wrong) {
            String message = wrong.getMessage();
            if (wrong.reason() != StatusReason.BAD_REQUEST || !message.startsWith(handledAs(kind))) {
                throw wrong;
            }
            throw invalidPatch(patched.get(), message.substring(handledAs(kind).length()));
        }
    }

    private static String handledAs(GroupVersionKind kind) {
        return kind.kind() + " in version \"" + kind.version() + "\" cannot be handled as a " + kind.kind() + ": ";
    }

    private static StatusException invalidPatch(String patched, String why) {
        return StatusException.invalid(
                new GroupVersionKind("", "", ""), "", List.of(FieldError.invalid("patch", patched, why)));
    }
}
