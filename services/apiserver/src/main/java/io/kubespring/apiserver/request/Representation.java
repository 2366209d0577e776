package io.kubespring.apiserver.request;

/**
 * In which form a client wants its answer.
 *
 * @param metaVersion of the Table or the metadata ("v1", "v1beta1")
 * @param pretty whether JSON is indented for human eyes
 */
public record Representation(Encoding encoding, Shape shape, String metaVersion, boolean pretty) {

    /** Encodings that are served, in the order in which a client that does not care gets them. */
    public enum Encoding {
        JSON("application/json", "application/json"),
        YAML("application/yaml", ""),
        PROTOBUF("application/vnd.kubernetes.protobuf", "application/vnd.kubernetes.protobuf;stream=watch"),
        CBOR("application/cbor", "application/cbor-seq");

        private final String mediaType;
        private final String streamMediaType;

        Encoding(String mediaType, String streamMediaType) {
            this.mediaType = mediaType;
            this.streamMediaType = streamMediaType;
        }

        public String mediaType() {
            return mediaType;
        }

        /** Of a watch; empty for what cannot be watched. */
        public String streamMediaType() {
            return streamMediaType;
        }

        public boolean streams() {
            return !streamMediaType.isEmpty();
        }
    }

    /** What of the object is shown. */
    public enum Shape {
        OBJECT,
        TABLE,
        PARTIAL_METADATA,
        PARTIAL_METADATA_LIST
    }

    public static final Representation JSON = new Representation(Encoding.JSON, Shape.OBJECT, "v1", false);
    static final Representation PRETTY_JSON = new Representation(Encoding.JSON, Shape.OBJECT, "v1", true);

    /** The apiVersion of Tables and metadata. */
    public String metaApiVersion() {
        return "meta.k8s.io/" + metaVersion;
    }
}
