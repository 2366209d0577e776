package io.kubespring.apiserver.request;

import io.kubespring.api.error.FieldError;

/** Reads {@code resourceVersion} as upstream's versioner does: a decimal number, where empty and "0" mean "any". */
public final class ResourceVersions {

    private ResourceVersions() {}

    /** What {@link #parse} could not read. */
    static final class Malformed extends RuntimeException {
        Malformed(FieldError error) {
            super(error.toString(), null, false, false);
        }
    }

    /** 0 for an empty one. */
    static long parse(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException malformed) {
            String why = text.matches("[0-9]+") ? "value out of range" : "invalid syntax";
            throw new Malformed(
                    FieldError.invalid("resourceVersion", text, "strconv.ParseUint: parsing \"" + text + "\": " + why));
        }
    }
}
