package io.kubespring.apiserver.request;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** In which form a client wants its answer: encoding, and the object itself or a transformation of it. */
public record Representation(Encoding encoding, Shape shape) {

    /** Encodings that are served. */
    public enum Encoding {
        JSON("application/json"),
        YAML("application/yaml");

        private final String mediaType;

        Encoding(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** What of the object is shown. */
    public enum Shape {
        OBJECT,
        TABLE,
        PARTIAL_METADATA
    }

    public static final Representation JSON = new Representation(Encoding.JSON, Shape.OBJECT);

    private static final int MAX_REMEMBERED = 256;
    private static final Map<String, Representation> REMEMBERED = new ConcurrentHashMap<>();

    /**
     * The best of what an {@code Accept} header names, in its order.
     *
     * @throws StatusException 406 where nothing of it is served
     */
    public static Representation of(@Nullable String accept) {
        if (accept == null || accept.isEmpty() || accept.equals("application/json") || accept.equals("*/*")) {
            return JSON;
        }
        Representation known = REMEMBERED.get(accept);
        if (known != null) {
            return known;
        }
        Representation found = negotiate(accept);
        if (REMEMBERED.size() < MAX_REMEMBERED) {
            REMEMBERED.put(accept, found);
        }
        return found;
    }

    private static Representation negotiate(String accept) {
        for (String clause : accept.split(",")) {
            Representation found = clause(clause);
            if (found != null) {
                return found;
            }
        }
        throw new StatusException(
                StatusReason.NOT_ACCEPTABLE,
                "only the following media types are accepted: application/json, application/yaml");
    }

    private static @Nullable Representation clause(String clause) {
        String[] parts = clause.strip().split(";");
        Encoding encoding = switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
            case "application/json", "*/*", "application/*" -> Encoding.JSON;
            case "application/yaml" -> Encoding.YAML;
            default -> null;
        };
        if (encoding == null) {
            return null;
        }
        String as = "";
        String group = "";
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("as=")) {
                as = part.substring(3);
            } else if (part.startsWith("g=")) {
                group = part.substring(2);
            }
        }
        return switch (as) {
            case "" -> new Representation(encoding, Shape.OBJECT);
            case "Table" -> group.equals("meta.k8s.io") ? new Representation(encoding, Shape.TABLE) : null;
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                group.equals("meta.k8s.io") ? new Representation(encoding, Shape.PARTIAL_METADATA) : null;
            default -> null;
        };
    }
}
