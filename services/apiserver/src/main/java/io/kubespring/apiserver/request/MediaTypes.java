package io.kubespring.apiserver.request;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types of request bodies. */
public final class MediaTypes {

    private MediaTypes() {}

    /** 415, in upstream's words. */
    public static StatusException unsupported(List<String> accepted) {
        return new StatusException(
                StatusReason.UNSUPPORTED_MEDIA_TYPE,
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", accepted));
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
