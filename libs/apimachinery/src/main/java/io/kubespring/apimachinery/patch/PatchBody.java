package io.kubespring.apimachinery.patch;

import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.decode.DuplicateFields;
import io.kubespring.apimachinery.decode.MalformedBodyException;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a patch that is an object; what is none is a 400 in upstream's words. */
public final class PatchBody {

    private static final String DECODING = "error decoding patch: ";

    private static final String APPLIED = "error decoding YAML: ";

    private PatchBody() {}

    /** @param duplicateFields receives the path of every field that stands more than once */
    public static ObjectNode mergePatch(byte[] patch, List<String> duplicateFields) {
        return read(patch, "application/json", DECODING, "", duplicateFields);
    }

    /** @param duplicateFields receives the path of every field that stands more than once */
    public static ObjectNode strategicMergePatch(byte[] patch, List<String> duplicateFields) {
        return read(patch, "application/json", "", "", duplicateFields);
    }

    /** @param duplicateFields receives a sentence for every field that stands more than once, in JSON too */
    public static ObjectNode applyPatch(byte[] patch, List<String> duplicateFields) {
        if (patch.length == 0) {
            return Json.object();
        }
        ObjectNode read = read(
                patch, "application/yaml", APPLIED, "error unmarshaling JSON: while decoding JSON: ", duplicateFields);
        if (!DuplicateFields.paths(duplicateFields).isEmpty()) {
            duplicateFields.clear();
            ObjectDecoder.noteDuplicatesOfYaml(patch, duplicateFields);
        }
        return read;
    }

    /** A strategic merge patch as upstream's errors quote it. */
    public static String quoted(byte[] patch) {
        return GoText.of(strategicMergePatch(patch, new ArrayList<>(0)));
    }

    /** @param mismatch what upstream says before it tells what the body is instead of an object */
    private static ObjectNode read(
            byte[] patch, String mediaType, String prefix, String mismatch, List<String> duplicateFields) {
        JsonNode body;
        try {
            body = ObjectDecoder.parseNode(patch, mediaType, duplicateFields);
        } catch (MalformedBodyException malformed) {
            throw PatchErrors.badRequest(prefix + malformed.getMessage());
        }
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw PatchErrors.badRequest(prefix + mismatch + "json: cannot unmarshal " + ObjectDecoder.goName(body)
                + " into Go value of type map[string]interface {}");
    }
}
