package io.kubespring.apiserver.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ownership is settled before defaults, resets and admission have had their say. Where those undo a change, nothing but
 * the times in managedFields would be left of the write: then the times stay as well, and nothing is stored.
 */
final class OwnershipTimes {

    /** Where a change is seen soonest. */
    private static final List<String> LIKELY = List.of("status", "spec", "data");

    private OwnershipTimes() {}

    static void keepUnlessChanged(ObjectNode next, ObjectNode current) {
        JsonNode before = current.path("metadata").get("managedFields");
        JsonNode after = next.path("metadata").get("managedFields");
        if (before == null || after == null || before == after || !sameBut(next, current)) {
            return;
        }
        if (sameButTimes(before, after)) {
            Metadata.of(next).set("managedFields", before);
        }
    }

    /** Whether all is equal, leaving managedFields out. */
    private static boolean sameBut(ObjectNode next, ObjectNode current) {
        if (next.size() != current.size()) {
            return false;
        }
        for (String field : LIKELY) {
            if (!same(next.get(field), current.get(field))) {
                return false;
            }
        }
        for (var field : next.properties()) {
            String name = field.getKey();
            boolean equal = name.equals("metadata")
                    ? sameMetadata(field.getValue(), current.path(name))
                    : LIKELY.contains(name) || same(field.getValue(), current.get(name));
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMetadata(JsonNode next, JsonNode current) {
        if (next.size() != current.size()) {
            return false;
        }
        for (var field : next.properties()) {
            if (!field.getKey().equals("managedFields") && !same(field.getValue(), current.get(field.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(@Nullable JsonNode left, @Nullable JsonNode right) {
        return left == right || left != null && left.equals(right);
    }

    private static boolean sameButTimes(JsonNode before, JsonNode after) {
        if (!(before instanceof ArrayNode old) || !(after instanceof ArrayNode list) || old.size() != list.size()) {
            return false;
        }
        // Entries are sorted by time, so the same entry may stand elsewhere.
        for (JsonNode entry : list) {
            boolean found = false;
            for (JsonNode candidate : old) {
                found |= sameEntry((ObjectNode) entry, (ObjectNode) candidate);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameEntry(ObjectNode left, ObjectNode right) {
        for (String field : List.of("manager", "operation", "apiVersion", "subresource", "fieldsV1")) {
            if (!same(left.get(field), right.get(field))) {
                return false;
            }
        }
        return true;
    }
}
