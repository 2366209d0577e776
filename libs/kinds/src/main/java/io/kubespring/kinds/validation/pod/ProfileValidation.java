package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** Profiles of seccomp and AppArmor: a file of the node's, the runtime's default, or none. */
final class ProfileValidation {

    private static final List<String> TYPES = List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final int PATH_MAX = 4095;

    private ProfileValidation() {}

    static void seccomp(Field profile, Errors errors) {
        if (profile.absent()) {
            return;
        }
        type(profile.at("type"), "seccompProfile", errors);
        Field local = profile.at("localhostProfile");
        if (profile.at("type").isText("Localhost")) {
            if (local.absent()) {
                errors.required(local, "must be set when seccomp type is Localhost");
            } else {
                PathRules.descending(local, errors);
            }
        } else if (local.present()) {
            errors.invalid(local, profile.value(), "can only be set when seccomp type is Localhost");
        }
    }

    static void appArmor(Field profile, Errors errors) {
        if (profile.absent()) {
            return;
        }
        Field local = profile.at("localhostProfile");
        switch (profile.at("type").text()) {
            case "Localhost" -> localhost(local, errors);
            case "RuntimeDefault", "Unconfined" -> {
                if (local.present()) {
                    errors.invalid(local, "can only be set when AppArmor type is Localhost");
                }
            }
            default -> type(profile.at("type"), "appArmorProfile", errors);
        }
    }

    private static void localhost(Field local, Errors errors) {
        String stripped = local.text().strip();
        if (local.absent()) {
            errors.required(local, "must be set when AppArmor type is Localhost");
        } else if (!stripped.equals(local.text())) {
            errors.invalid(local, "must not be padded with whitespace");
        } else if (stripped.isEmpty()) {
            errors.required(local, "must be set when AppArmor type is Localhost");
        }
        if (local.text().length() > PATH_MAX) {
            errors.tooLong(local, PATH_MAX);
        }
    }

    private static void type(Field type, String of, Errors errors) {
        if (type.empty()) {
            errors.required(type, "type is required when " + of + " is set");
        } else {
            errors.oneOf(type, TYPES);
        }
    }
}
