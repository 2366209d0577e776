package io.kubespring.apiserver.admission.plugins;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Joins lists of tolerations: one that another covers is left out, of equal ones the first stays. */
final class Tolerations {

    private Tolerations() {}

    /** Adds {@code more} to those of a pod's spec. */
    static void merge(ObjectNode spec, JsonNode more) {
        List<JsonNode> all = new ArrayList<>();
        spec.path("tolerations").forEach(all::add);
        more.forEach(each -> all.add(each.deepCopy()));
        List<JsonNode> merged = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            JsonNode candidate = all.get(i);
            boolean coveredBefore = merged.stream().anyMatch(each -> covers(each, candidate));
            boolean coveredLater = all.subList(i + 1, all.size()).stream()
                    .anyMatch(each -> !each.equals(candidate) && covers(each, candidate));
            if (!coveredBefore && !coveredLater) {
                merged.add(candidate);
            }
        }
        spec.putArray("tolerations").addAll(merged);
    }

    /** Whether {@code wide} tolerates all that {@code narrow} does. */
    private static boolean covers(JsonNode wide, JsonNode narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        boolean exists = Trees.text(wide, "operator").equals("Exists");
        String key = Trees.text(wide, "key");
        String effect = Trees.text(wide, "effect");
        if (!key.equals(Trees.text(narrow, "key")) && !(key.isEmpty() && exists)
                || !effect.isEmpty() && !effect.equals(Trees.text(narrow, "effect"))) {
            return false;
        }
        if (effect.equals("NoExecute") && wide.has("tolerationSeconds")) {
            if (!narrow.has("tolerationSeconds")
                    || narrow.path("tolerationSeconds").asLong(0)
                            > wide.path("tolerationSeconds").asLong(0)) {
                return false;
            }
        }
        return exists
                || !Trees.text(narrow, "operator").equals("Exists")
                        && Trees.text(wide, "value").equals(Trees.text(narrow, "value"));
    }
}
