package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.Arrays;

/** Paths inside volumes: they must not lead out. */
final class PathRules {

    private PathRules() {}

    /** A relative path that stays below where it starts. */
    static void descending(Field path, Errors errors) {
        if (path.text().startsWith("/")) {
            errors.invalid(path, "must be a relative path");
        }
        noBacksteps(path, errors);
    }

    /** The same, and its first part is no hidden "..something", which the kubelet uses for itself. */
    static void file(Field path, Errors errors) {
        descending(path, errors);
        if (path.text().startsWith("..") && !path.text().startsWith("../")) {
            errors.invalid(path, "must not start with '..'");
        }
    }

    static void noBacksteps(Field path, Errors errors) {
        if (hasBacksteps(path.text())) {
            errors.invalid(path, "must not contain '..'");
        }
    }

    static boolean hasBacksteps(String path) {
        return Arrays.asList(path.split("/")).contains("..");
    }

    /** The permissions of a file. */
    static void mode(Field mode, Errors errors) {
        if (mode.present() && (mode.number() < 0 || mode.number() > 0777)) {
            errors.invalid(mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }
}
