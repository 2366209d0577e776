package io.kubespring.client;

import org.jspecify.annotations.Nullable;

/** The patch formats, each with its media type. */
public enum PatchType {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json"),
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchType(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The format of that media type, or null. */
    public static @Nullable PatchType of(String mediaType) {
        for (PatchType each : values()) {
            if (each.mediaType.equals(mediaType)) {
                return each;
            }
        }
        return null;
    }
}
