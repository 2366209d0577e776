package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** One field that an apply would take from another manager. */
record Conflict(ManagerInfo manager, FieldPath path) {

    /** 409 with every conflict, worded as upstream words one and several. */
    static StatusException refuse(List<Conflict> conflicts) {
        var causes = new ArrayList<StatusException.Cause>();
        for (Conflict conflict : conflicts) {
            causes.add(new StatusException.Cause(
                    "FieldManagerConflict", "conflict with " + describe(conflict.manager), conflict.path.toString()));
        }
        return new StatusException(
                StatusReason.CONFLICT,
                StatusReason.CONFLICT.code(),
                message(conflicts),
                new StatusException.Details("", "", "", "", causes, null));
    }

    private static String message(List<Conflict> conflicts) {
        if (conflicts.size() == 1) {
            Conflict only = conflicts.getFirst();
            return "Apply failed with 1 conflict: conflict with " + describe(only.manager) + ": " + only.path;
        }
        var byManager = new TreeMap<String, List<Conflict>>();
        for (Conflict conflict : conflicts) {
            byManager
                    .computeIfAbsent(ManagedEntry.identifier(conflict.manager), same -> new ArrayList<>())
                    .add(conflict);
        }
        var lines = new ArrayList<String>();
        byManager.values().forEach(group -> {
            lines.add("conflicts with " + describe(group.getFirst().manager) + ":");
            group.forEach(conflict -> lines.add("- " + conflict.path));
        });
        return "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", lines);
    }

    private static String describe(ManagerInfo manager) {
        String subresource =
                manager.subresource().isEmpty() ? "" : " with subresource " + quoted(manager.subresource());
        String version = manager.applied() ? "" : " using " + manager.apiVersion();
        return quoted(manager.name()) + subresource + version;
    }

    private static String quoted(String text) {
        return Json.mapper().writeValueAsString(text);
    }
}
