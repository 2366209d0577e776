package io.kubespring.apimachinery.patch;

import io.kubespring.apimachinery.decode.MalformedBodyException;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a patch that is an object; what is none is a 400 in upstream's words. */
public final class PatchBody {

    private PatchBody() {}

    /** @param duplicateFields receives the path of every field that stands more than once */
    public static ObjectNode mergePatch(byte[] patch, List<String> duplicateFields) {
        return read(patch, "application/json", "error decoding patch: ", duplicateFields);
    }

    /** @param duplicateFields receives the path of every field that stands more than once */
    public static ObjectNode strategicMergePatch(byte[] patch, List<String> duplicateFields) {
        return read(patch, "application/json", "", duplicateFields);
    }

    /** @param duplicateFields receives the path of every field that stands more than once */
    public static ObjectNode applyPatch(byte[] patch, List<String> duplicateFields) {
        return read(patch, "application/yaml", "error decoding YAML: ", duplicateFields);
    }

    private static ObjectNode read(byte[] patch, String mediaType, String prefix, List<String> duplicateFields) {
        JsonNode body;
        try {
            body = ObjectDecoder.parseNode(patch, mediaType, duplicateFields);
        } catch (MalformedBodyException malformed) {
            throw PatchErrors.badRequest(prefix + malformed.getMessage());
        }
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw PatchErrors.badRequest(prefix + "json: cannot unmarshal " + ObjectDecoder.goName(body)
                + " into Go value of type map[string]interface {}");
    }
}
