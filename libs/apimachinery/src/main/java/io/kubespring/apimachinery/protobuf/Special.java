package io.kubespring.apimachinery.protobuf;

/** How a message's JSON form differs from an object of its fields. */
enum Special {
    /** It does not. */
    NONE,
    /** RFC 3339 in seconds; seconds and nanoseconds on the wire, nothing for Go's zero time. */
    TIME,
    /** RFC 3339 with microseconds. */
    MICRO_TIME,
    /** "1h2m3s"; nanoseconds on the wire. */
    DURATION,
    QUANTITY,
    INT_OR_STRING,
    /** Any JSON, which is a message of its bytes. */
    RAW,
    /** A list, which protobuf wraps because a map's value cannot be repeated. */
    ITEMS,
    SCHEMA_OR_LIST,
    SCHEMA_OR_FLAG,
    SCHEMA_OR_TEXTS;

    static Special of(String message) {
        return switch (message) {
            case "meta.v1.Time" -> TIME;
            case "meta.v1.MicroTime" -> MICRO_TIME;
            case "meta.v1.Duration" -> DURATION;
            case "quantity.Quantity" -> QUANTITY;
            case "intstr.IntOrString" -> INT_OR_STRING;
            case "runtime.RawExtension", "meta.v1.FieldsV1", "apiextensions.v1.JSON" -> RAW;
            case "meta.v1.Verbs",
                    "authentication.v1.ExtraValue",
                    "authorization.v1.ExtraValue",
                    "certificates.v1.ExtraValue" -> ITEMS;
            case "apiextensions.v1.JSONSchemaPropsOrArray" -> SCHEMA_OR_LIST;
            case "apiextensions.v1.JSONSchemaPropsOrBool" -> SCHEMA_OR_FLAG;
            case "apiextensions.v1.JSONSchemaPropsOrStringArray" -> SCHEMA_OR_TEXTS;
            default -> NONE;
        };
    }
}
