package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What ConfigMaps and Secrets share: keys that can be files, a size that fits, and the promise not to change. */
final class DataRules {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final String KEPT = "field is immutable when `immutable` is set";

    private DataRules() {}

    static void keys(Field data, Errors errors) {
        for (Field entry : data.entries()) {
            for (String message : Names.configMapKey(entry.name())) {
                errors.invalid(entry, entry.name(), message);
            }
        }
    }

    /** @return bytes of all values of a map of texts */
    static long plainBytes(Field data) {
        long bytes = 0;
        for (Field entry : data.entries()) {
            bytes += entry.text().getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    /** @return bytes that the base64 values of a map stand for */
    static long encodedBytes(Field data) {
        long bytes = 0;
        for (Field entry : data.entries()) {
            String text = entry.text();
            int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
            bytes += text.length() / 4L * 3 - padding;
        }
        return bytes;
    }

    static void size(long bytes, Field whole, Errors errors) {
        if (bytes > MAX_BYTES) {
            errors.tooLong(whole, MAX_BYTES);
        }
    }

    /** @param fields the top-level fields that hold the data */
    static void immutable(Field next, Field current, List<String> fields, Errors errors) {
        if (!current.at("immutable").flag()) {
            return;
        }
        if (!next.at("immutable").flag()) {
            errors.forbidden(next.at("immutable"), KEPT);
        }
        for (String field : fields) {
            if (!next.at(field).sameAs(current.at(field))) {
                errors.forbidden(next.at(field), KEPT);
            }
        }
    }
}
