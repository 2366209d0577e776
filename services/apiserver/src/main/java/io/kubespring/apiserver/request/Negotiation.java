package io.kubespring.apiserver.request;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.documents.AcceptedTypes;
import io.kubespring.apiserver.documents.AcceptedTypes.MediaType;
import io.kubespring.apiserver.request.Representation.Encoding;
import io.kubespring.apiserver.request.Representation.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which representation a request gets, by upstream's rules: clauses of the Accept header in the order of their quality,
 * a clause with parameters that the endpoint does not allow is passed over, 406 where none is left.
 */
public final class Negotiation {

    private static final int MAX_REMEMBERED = 256;
    private static final String META_GROUP = "meta.k8s.io";

    private final List<Encoding> served;
    private final Map<String, Accepted> remembered = new ConcurrentHashMap<>();

    /** @param cbor whether CBOR is served (upstream's feature gate CBORServingAndStorage) */
    public Negotiation(boolean cbor) {
        served = cbor
                ? List.of(Encoding.JSON, Encoding.YAML, Encoding.PROTOBUF, Encoding.CBOR)
                : List.of(Encoding.JSON, Encoding.YAML, Encoding.PROTOBUF);
    }

    public boolean serves(Encoding encoding) {
        return served.contains(encoding);
    }

    /** What one request accepts. */
    public Accepted of(ApiRequest request) {
        String accept = request.headers().first("accept");
        boolean pretty = pretty(request);
        if (accept == null || accept.isEmpty() || accept.equals("application/json") || accept.equals("*/*")) {
            return pretty ? Accepted.PRETTY_JSON : Accepted.JSON;
        }
        Accepted known = remembered.get(accept);
        if (known == null) {
            known = negotiate(accept);
            if (remembered.size() < MAX_REMEMBERED) {
                remembered.put(accept, known);
            }
        }
        return pretty ? known.indented() : known;
    }

    private Accepted negotiate(String accept) {
        List<MediaType> clauses = AcceptedTypes.parse(accept).types();
        boolean routed = clauses.stream().anyMatch(each -> each.name().equals("*/*") || produced(each.name()));
        return new Accepted(first(clauses, true), first(clauses, false), served, routed);
    }

    private boolean produced(String type) {
        for (Encoding each : served) {
            if (each.mediaType().equals(type)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The encoding in which a request wants one thing of a group's, in a version; null where it wants the endpoint's own
     * thing, or nothing that is served.
     *
     * @param accept the header's value
     */
    public @Nullable Encoding transformed(@Nullable String accept, String group, String version, String kind) {
        for (MediaType clause : AcceptedTypes.parse(accept).types()) {
            String as = clause.parameter("as");
            boolean plain = as.isEmpty()
                    && clause.parameter("g").isEmpty()
                    && clause.parameter("v").isEmpty();
            boolean wanted = as.equals(kind)
                    && clause.parameter("g").equals(group)
                    && clause.parameter("v").equals(version);
            for (Encoding encoding : served) {
                if (clause.covers(encoding.mediaType()) && (plain || wanted)) {
                    return wanted ? encoding : null;
                }
            }
        }
        return null;
    }

    private @Nullable Representation first(List<MediaType> clauses, boolean transformed) {
        for (MediaType clause : clauses) {
            for (Encoding encoding : served) {
                Representation found =
                        clause.covers(encoding.mediaType()) ? allowed(clause, encoding, transformed) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable Representation allowed(MediaType clause, Encoding encoding, boolean transformed) {
        String stream = clause.parameter("stream");
        if (!stream.isEmpty() && !(stream.equals("watch") && encoding.streams())) {
            return null;
        }
        boolean pretty = clause.parameter("pretty").equals("1");
        String as = clause.parameter("as");
        String group = clause.parameter("g");
        String version = clause.parameter("v");
        if (as.isEmpty() && group.isEmpty() && version.isEmpty()) {
            return new Representation(encoding, Shape.OBJECT, "v1", pretty);
        }
        boolean known = group.equals(META_GROUP) && (version.equals("v1") || version.equals("v1beta1"));
        Shape shape = transformed && known ? shape(as, encoding) : null;
        return shape == null ? null : new Representation(encoding, shape, version, pretty);
    }

    private static @Nullable Shape shape(String as, Encoding encoding) {
        return switch (as) {
            case "Table" -> encoding == Encoding.JSON || encoding == Encoding.YAML ? Shape.TABLE : null;
            case "PartialObjectMetadata" -> Shape.PARTIAL_METADATA;
            case "PartialObjectMetadataList" -> Shape.PARTIAL_METADATA_LIST;
            default -> null;
        };
    }

    /** Asked for by the query, or for those who read with their own eyes. */
    private static boolean pretty(ApiRequest request) {
        String query = request.rawQuery();
        if (query != null && query.contains("pretty")) {
            String asked = request.query().firstOr("pretty", "");
            if (!asked.isEmpty()) {
                return List.of("1", "t", "T", "true", "TRUE", "True").contains(asked);
            }
        }
        String agent = request.headers().first("user-agent");
        return agent != null
                && (agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0"));
    }

    /**
     * The media type of a body that is a whole object; none said is JSON.
     *
     * @throws StatusException 415 for what is not read
     */
    public String bodyType(@Nullable String contentType) {
        String type = MediaTypes.bare(contentType);
        if (type.isEmpty()) {
            return Encoding.JSON.mediaType();
        }
        for (Encoding each : served) {
            if (each.mediaType().equals(type)) {
                return type;
            }
        }
        throw MediaTypes.unsupported(served.stream().map(Encoding::mediaType).toList());
    }

    /** What a request's Accept header comes to. */
    public static final class Accepted {

        static final Accepted JSON = new Accepted(Representation.JSON, Representation.JSON, List.of(), true);
        static final Accepted PRETTY_JSON =
                new Accepted(Representation.PRETTY_JSON, Representation.PRETTY_JSON, List.of(), true);

        private final @Nullable Representation wanted;
        private final @Nullable Representation plain;
        private final List<Encoding> served;
        private final boolean routed;

        private Accepted(
                @Nullable Representation wanted,
                @Nullable Representation plain,
                List<Encoding> served,
                boolean routed) {
            this.routed = routed;
            this.wanted = wanted;
            this.plain = plain;
            this.served = served;
        }

        /**
         * Before anything is looked at, some clause must name a media type of the endpoint, parameters aside, or anything.
         *
         * @param streams whether the endpoint can be watched
         * @throws StatusException 406
         */
        public void route(boolean streams) {
            if (routed) {
                return;
            }
            var types = new ArrayList<String>();
            served.forEach(each -> types.add(each.mediaType()));
            if (streams) {
                types.addAll(streams());
            }
            throw StatusException.notServed(
                    StatusReason.NOT_ACCEPTABLE,
                    "406: Not Acceptable\n\nAvailable representations: " + String.join(", ", types));
        }

        /** @throws StatusException 406 where nothing of what is accepted is served */
        public Representation representation() {
            if (wanted == null) {
                throw notAcceptable(served.stream().map(Encoding::mediaType).toList());
            }
            return wanted;
        }

        /** The same for a watch, which not every encoding can carry. */
        public Representation watch() {
            if (wanted == null || !wanted.encoding().streams()) {
                throw notAcceptable(streams());
            }
            return wanted;
        }

        private List<String> streams() {
            List<String> types = new ArrayList<>();
            for (Encoding each : served) {
                if (each == Encoding.CBOR) {
                    types.add(each.streamMediaType());
                } else if (each.streams()) {
                    types.add(each.mediaType() + ";stream=watch");
                }
            }
            return types;
        }

        /** For what is never transformed: errors, and what subresources answer. Indented JSON where nothing is accepted. */
        public Representation untransformed() {
            return plain == null ? Representation.PRETTY_JSON : plain;
        }

        /**
         * Of what has one shape only.
         *
         * @throws StatusException 406 where nothing of what is accepted is served
         */
        public Representation plain() {
            if (plain == null) {
                throw notAcceptable(served.stream().map(Encoding::mediaType).toList());
            }
            return plain;
        }

        /** For answers of handlers that transform nothing themselves. */
        public Representation wantedOrPlain() {
            return wanted == null ? untransformed() : wanted;
        }

        private Accepted indented() {
            return new Accepted(indented(wanted), indented(plain), served, routed);
        }

        private static @Nullable Representation indented(@Nullable Representation plain) {
            return plain == null
                    ? null
                    : new Representation(plain.encoding(), plain.shape(), plain.metaVersion(), true);
        }

        private static StatusException notAcceptable(List<String> types) {
            return new StatusException(
                    StatusReason.NOT_ACCEPTABLE,
                    types.stream()
                            .collect(Collectors.joining(", ", "only the following media types are accepted: ", "")));
        }
    }
}
