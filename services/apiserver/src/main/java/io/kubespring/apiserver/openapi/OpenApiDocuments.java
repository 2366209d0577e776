package io.kubespring.apiserver.openapi;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.BuiltInSchemas;
import io.kubespring.apiserver.documents.AcceptedTypes;
import io.kubespring.apiserver.documents.AcceptedTypes.MediaType;
import io.kubespring.apiserver.documents.Document;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAPI of one catalog: {@code /openapi/v3} (the index), {@code /openapi/v3/<api or apis/group>/<version>} and {@code
 * /openapi/v2}, the last in protobuf too. Documents are made when first asked for and held softly, so that they cost no memory when it is short.
 *
 * <p>Hashes are taken of what documents are made from, not of their bytes: the index can be given without making any.
 */
public final class OpenApiDocuments {

    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private static final String INDEX = "/openapi/v3";
    private static final String V2 = "/openapi/v2";

    /** Raised when documents of the same facts come out differently, since clients keep them by their hash. */
    private static final int FORM = 3;

    private final Catalog catalog;
    private final Served served;
    private final String version;
    private final Descriptions descriptions = new Descriptions();
    private final Map<String, Section> sections;
    private final Map<String, SoftReference<Document>> documents = new ConcurrentHashMap<>();
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    /** @param version "1.36" */
    public OpenApiDocuments(Catalog catalog, Served served, String version) {
        this.catalog = catalog;
        this.served = served;
        this.version = version;
        sections = Section.of(catalog, served);
    }

    /**
     * The document at a path; null where there is none, or where it is asked for in forms only that are not served.
     *
     * @param path without a trailing slash and without the query
     */
    public @Nullable Document document(String path, @Nullable String accept) {
        String mediaType = mediaType(path, accept);
        if (mediaType == null || !exists(path)) {
            return null;
        }
        String key = key(path, mediaType);
        SoftReference<Document> held = documents.get(key);
        Document known = held == null ? null : held.get();
        if (known == null) {
            known = new Document(mediaType, make(path, mediaType), hash(key));
            documents.put(key, new SoftReference<>(known));
        }
        return known;
    }

    /** The document's tag, without making it; null as {@link #document}. */
    public @Nullable String etag(String path, @Nullable String accept) {
        String mediaType = mediaType(path, accept);
        return mediaType == null || !exists(path) ? null : hash(key(path, mediaType));
    }

    private static String key(String path, String mediaType) {
        return mediaType.equals(JSON) ? path : path + mediaType;
    }

    /** Where a version's document is, with the hash that makes it cacheable for ever; null where there is none. */
    public @Nullable String location(String path) {
        return section(path) != null ? path + "?hash=" + hash(path) : null;
    }

    /** Whether there is a document at the path, in whatever form. */
    public boolean exists(String path) {
        return path.equals(V2) || path.equals(INDEX) || section(path) != null;
    }

    /** The form that is asked for and served, or null. */
    private static @Nullable String mediaType(String path, @Nullable String accept) {
        for (MediaType each : AcceptedTypes.parse(accept).types()) {
            if (each.covers(JSON)) {
                return JSON;
            }
            // Older clients write the version behind an "@".
            if (path.equals(V2) && each.name().replace('@', '.').equals(PROTOBUF)) {
                return PROTOBUF;
            }
        }
        return null;
    }

    private byte[] make(String path, String mediaType) {
        return switch (path) {
            case INDEX -> Json.write(index());
            case V2 -> {
                byte[] json = writer().v2(sections.values());
                yield mediaType.equals(JSON) ? json : GnosticDocument.encode(Json.readObject(json));
            }
            default -> writer().v3(Objects.requireNonNull(section(path)));
        };
    }

    private DocumentWriter writer() {
        return new DocumentWriter(catalog, served, version, descriptions);
    }

    private ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        sections.keySet().stream()
                .sorted()
                .forEach(name -> paths.putObject(name).put("serverRelativeURL", location(INDEX + "/" + name)));
        return index;
    }

    private @Nullable Section section(String path) {
        return path.startsWith(INDEX + "/") ? sections.get(path.substring(INDEX.length() + 1)) : null;
    }

    private String hash(String path) {
        return hashes.computeIfAbsent(path, this::computeHash);
    }

    private String computeHash(String path) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(BuiltInSchemas.get().fingerprint());
            digest.update((FORM + version + served.cbor() + path).getBytes(StandardCharsets.UTF_8));
            catalog.all()
                    .forEach(each -> digest.update(
                            (each.apiVersion() + each.plural() + each.verbs()).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().withUpperCase().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
