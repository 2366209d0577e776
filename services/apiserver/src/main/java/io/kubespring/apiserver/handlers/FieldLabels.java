package io.kubespring.apiserver.handlers;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.selector.FieldSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which fields a field selector of a kind may name: those of {@code BuiltInSelectableFields}, by upstream's old names as
 * well, and upstream's words for the others.
 */
final class FieldLabels {

    /** Kinds with label rules of their own upstream, which share one wording. */
    private static final Set<String> OWN_RULES = Set.of(
            "/pods",
            "/nodes",
            "/replicationcontrollers",
            "/events",
            "/namespaces",
            "/secrets",
            "/services",
            "events.k8s.io/events",
            "certificates.k8s.io/certificatesigningrequests");

    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("regarding.kind", "involvedObject.kind"),
            Map.entry("regarding.namespace", "involvedObject.namespace"),
            Map.entry("regarding.name", "involvedObject.name"),
            Map.entry("regarding.uid", "involvedObject.uid"),
            Map.entry("regarding.apiVersion", "involvedObject.apiVersion"),
            Map.entry("regarding.resourceVersion", "involvedObject.resourceVersion"),
            Map.entry("regarding.fieldPath", "involvedObject.fieldPath"),
            Map.entry("reportingController", "reportingComponent"));

    private FieldLabels() {}

    /**
     * The selector in the names that objects are indexed by.
     *
     * @throws StatusException 400 for a field that the kind cannot be selected by
     */
    static FieldSelector canonical(FieldSelector fields, ResourceType type) {
        List<FieldSelector.Requirement> requirements = fields.requirements();
        List<FieldSelector.Requirement> result = new ArrayList<>(requirements.size());
        boolean changed = false;
        for (FieldSelector.Requirement each : requirements) {
            String name = canonical(each.field(), type);
            if (!supports(type, name)) {
                throw StatusException.badRequest(unsupported(type, each.field()));
            }
            changed |= !name.equals(each.field());
            result.add(new FieldSelector.Requirement(name, each.equal(), each.value()));
        }
        return changed ? FieldSelector.of(result) : fields;
    }

    private static String canonical(String label, ResourceType type) {
        return switch (key(type)) {
            case "/pods" -> label.equals("spec.host") ? "spec.nodeName" : label;
            case "events.k8s.io/events" -> EVENTS.getOrDefault(label, label);
            default -> label;
        };
    }

    private static boolean supports(ResourceType type, String name) {
        boolean namespaceOfNone = name.equals("metadata.namespace") && !type.namespaced() && !byDefaultRules(type);
        return !namespaceOfNone && ResourceCaches.selectable(type).supports(name);
    }

    private static boolean byDefaultRules(ResourceType type) {
        String key = key(type);
        return !OWN_RULES.contains(key) && !key.equals("batch/jobs") && !key.equals("resource.k8s.io/resourceslices");
    }

    private static String unsupported(ResourceType type, String label) {
        String key = key(type);
        if (OWN_RULES.contains(key)) {
            return "field label not supported: " + label;
        }
        return switch (key) {
            case "batch/jobs" -> "field label \"" + label + "\" not supported for batchv1.Job";
            case "resource.k8s.io/resourceslices" ->
                "field label not supported for " + type.apiVersion() + ", Kind="
                        + type.kind().kind() + ": " + label;
            default -> '"' + label + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"";
        };
    }

    private static String key(ResourceType type) {
        return type.kind().group() + "/" + type.plural();
    }
}
