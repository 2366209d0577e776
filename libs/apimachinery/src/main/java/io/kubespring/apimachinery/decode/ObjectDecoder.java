package io.kubespring.apimachinery.decode;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a request's body into an object tree. Accepts JSON, and YAML as upstream reads it (YAML 1.1 booleans and
 * octals, merge keys, first document only). Garbage becomes a 400 in upstream's wording, never anything else.
 */
public final class ObjectDecoder {

    private static final int SUMMARY_BYTES = 30;
    private static final String NO_KIND = "couldn't get version/kind; json parse error: ";

    private ObjectDecoder() {}

    /** As {@link #parse(byte[], String, List, String)} where the expected kind is not known. */
    public static ObjectNode parse(byte[] body, String mediaType, List<String> duplicateFields) {
        return parse(body, mediaType, duplicateFields, "");
    }

    /**
     * Reads one object.
     *
     * @param mediaType parameters are ignored; every type whose name holds "yaml" is YAML, everything else JSON
     * @param duplicateFields receives the path of every field that stands more than once; the last one wins
     * @param expectedKind what the endpoint serves ("Deployment"), for the error's text; may be empty
     * @throws StatusException 400 where the body is no object
     */
    public static ObjectNode parse(byte[] body, String mediaType, List<String> duplicateFields, String expectedKind) {
        JsonNode node;
        try {
            node = parseNode(body, mediaType, duplicateFields);
        } catch (MalformedBodyException malformed) {
            throw unrecognized(body, expectedKind, NO_KIND + malformed.getMessage());
        }
        if (node.isNull()) {
            return Json.object();
        }
        if (node instanceof ObjectNode object) {
            checkType(object, body, expectedKind);
            return object;
        }
        throw unrecognized(
                body,
                expectedKind,
                NO_KIND + "json: cannot unmarshal " + goName(node)
                        + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                        + " Kind string \"json:\\\"kind,omitempty\\\"\" }");
    }

    /** What says what the object is must be texts, and the version at most a group's. */
    private static void checkType(ObjectNode object, byte[] body, String expectedKind) {
        for (String field : List.of("apiVersion", "kind")) {
            JsonNode value = object.get(field);
            if (value != null && !value.isString() && !value.isNull()) {
                throw unrecognized(
                        body,
                        expectedKind,
                        NO_KIND + "json: cannot unmarshal " + goName(value) + " into Go struct field ." + field
                                + " of type string");
            }
        }
        String version = object.path("apiVersion").asString("");
        if (version.indexOf('/') != version.lastIndexOf('/')) {
            throw unrecognized(body, expectedKind, "unexpected GroupVersion string: " + version);
        }
    }

    /**
     * Reads any value (a patch may be a list).
     *
     * @throws MalformedBodyException where the bytes are not of that language
     */
    public static JsonNode parseNode(byte[] body, String mediaType, List<String> duplicateFields) {
        if (!mediaType.contains("yaml")) {
            return JsonTreeReader.read(body, duplicateFields);
        }
        if (startsLikeJson(body)) {
            // What clients send as YAML is mostly JSON, which is a hundred times cheaper to read.
            try {
                return JsonTreeReader.read(body, duplicateFields);
            } catch (MalformedBodyException notJson) {
                duplicateFields.clear();
            }
        }
        return new YamlTreeReader(duplicateFields).read(body);
    }

    /** Reads JSON as the YAML that it also is, for what upstream's reader of YAML says of fields that stand twice. */
    public static void noteDuplicatesOfYaml(byte[] body, List<String> duplicateFields) {
        new YamlTreeReader(duplicateFields).read(body);
    }

    private static boolean startsLikeJson(byte[] body) {
        for (byte each : body) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return each == '{';
            }
        }
        return false;
    }

    /** The answer to a body that is no object, of whichever encoding. */
    public static StatusException unrecognized(byte[] body, String expectedKind, String why) {
        String expected = expectedKind.isEmpty() ? "" : " (must be of type " + expectedKind + ")";
        return StatusException.badRequest(
                "the object provided is unrecognized" + expected + ": " + why + " (" + summary(body) + ")");
    }

    /** The body's beginning, as text where it looks like JSON and as hex where it does not. */
    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        int shown = Math.min(body.length, SUMMARY_BYTES);
        String text = body[0] == '{'
                ? new String(body, 0, shown, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(body, 0, shown);
        return body.length > shown ? text + " ..." : text;
    }

    /** What Go's decoder calls a value. */
    public static String goName(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> "object";
            case ArrayNode list -> "array";
            case JsonNode value when value.isString() -> "string";
            case JsonNode value when value.isNumber() -> "number";
            case JsonNode value when value.isBoolean() -> "bool";
            default -> "null";
        };
    }
}
