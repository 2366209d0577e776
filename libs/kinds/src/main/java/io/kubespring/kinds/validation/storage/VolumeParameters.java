package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.Locale;

/** Who makes volumes, and what it is told. */
final class VolumeParameters {

    private static final int SIZE_MAX = 256 * 1024;
    private static final int COUNT_MAX = 512;

    private VolumeParameters() {}

    static void provisioner(Field provisioner, Errors errors) {
        if (provisioner.empty()) {
            errors.required(provisioner, "");
        } else {
            String name = provisioner.text().toLowerCase(Locale.ROOT);
            Names.qualifiedName(name).forEach(each -> errors.invalid(provisioner, name, each));
        }
    }

    static void check(Field parameters, boolean mayBeEmpty, Errors errors) {
        var all = parameters.entries();
        if (all.size() > COUNT_MAX) {
            errors.tooLong(parameters, COUNT_MAX);
            return;
        }
        long bytes = 0;
        for (Field each : all) {
            if (each.name().isEmpty()) {
                errors.invalid(parameters, "", "field can not be empty.");
            }
            bytes += each.name().length() + each.text().length();
        }
        if (bytes > SIZE_MAX) {
            errors.tooLong(parameters, SIZE_MAX);
        }
        if (!mayBeEmpty && all.isEmpty()) {
            errors.required(parameters, "must contain at least one key/value pair");
        }
    }
}
