package io.kubespring.apiserver.request;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types of request bodies. */
public final class MediaTypes {

    public static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private MediaTypes() {}

    /** The media type of a whole object: JSON unless it says YAML or protobuf; 415 for anything else. */
    public static String ofObject(@Nullable String contentType) {
        String type = bare(contentType);
        return switch (type) {
            case "", "application/json", "application/x-www-form-urlencoded" -> "application/json";
            case "application/yaml", PROTOBUF -> type;
            default ->
                throw new StatusException(
                        StatusReason.UNSUPPORTED_MEDIA_TYPE,
                        "the body of the request was in an unknown format - accepted media types include: "
                                + "application/json, application/yaml, " + PROTOBUF);
        };
    }

    /** Lower case, without parameters; empty for none. */
    public static String bare(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
