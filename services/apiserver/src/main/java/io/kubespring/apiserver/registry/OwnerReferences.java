package io.kubespring.apiserver.registry;

import io.kubespring.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes owner references that stand twice out, and warns of them, as upstream does since 1.20. */
final class OwnerReferences {

    private static final String DUPLICATES =
            "API server dedups owner references in 1.20+, and may reject such requests "
                    + "as early as 1.24; please fix your requests; duplicate UID(s) observed: ";

    private OwnerReferences() {}

    /** @param admitted whether mutating admission has been at it */
    static void deduplicate(ObjectNode object, boolean admitted, List<String> warnings) {
        if (!(object.path("metadata").get("ownerReferences") instanceof ArrayNode references)
                || references.size() < 2) {
            return;
        }
        ArrayNode kept = Json.mapper().createArrayNode();
        List<String> duplicates = new ArrayList<>(0);
        for (JsonNode each : references) {
            if (contains(kept, each)) {
                duplicates.add(each.path("uid").asString(""));
            } else {
                kept.add(each);
            }
        }
        if (!duplicates.isEmpty()) {
            Metadata.of(object).set("ownerReferences", kept);
            warnings.add(".metadata.ownerReferences contains duplicate entries"
                    + (admitted ? " after mutating admission happens; " : "; ") + DUPLICATES
                    + String.join(", ", duplicates));
        }
    }

    private static boolean contains(ArrayNode references, JsonNode wanted) {
        for (JsonNode each : references) {
            if (each.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
