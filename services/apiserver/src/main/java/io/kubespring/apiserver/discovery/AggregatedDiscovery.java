package io.kubespring.apiserver.discovery;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.catalog.ResourceType.Subresource;
import io.kubespring.api.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Discovery of all groups in one document (KEP-3352). */
final class AggregatedDiscovery {

    private final Catalog catalog;

    AggregatedDiscovery(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @param core whether the core group alone is meant, or every group but it */
    ObjectNode groups(boolean core) {
        ObjectNode document =
                Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        document.putObject("metadata");
        ArrayNode items = document.putArray("items");
        for (String group : catalog.groups()) {
            if (group.isEmpty() == core) {
                addGroup(items.addObject(), group);
            }
        }
        return document;
    }

    private void addGroup(ObjectNode item, String group) {
        ObjectNode metadata = item.putObject("metadata");
        if (!group.isEmpty()) {
            metadata.put("name", group);
        }
        metadata.putNull("creationTimestamp");
        ArrayNode versions = item.putArray("versions");
        for (String version : catalog.versions(group)) {
            ObjectNode entry = versions.addObject().put("version", version);
            ArrayNode resources = entry.putArray("resources");
            for (ResourceType each : catalog.resources(group, version)) {
                addResource(resources.addObject(), each);
            }
            entry.put("freshness", "Current");
        }
    }

    private static void addResource(ObjectNode target, ResourceType type) {
        target.put("resource", type.plural());
        addKind(target, type.kind(), type);
        target.put("scope", type.namespaced() ? "Namespaced" : "Cluster").put("singularResource", type.singular());
        addVerbs(target, type.verbs());
        addAll(target, "shortNames", type.shortNames());
        addAll(target, "categories", type.categories());
        if (type.subresources().isEmpty()) {
            return;
        }
        ArrayNode subresources = target.putArray("subresources");
        for (Subresource each : type.subresources()) {
            ObjectNode entry = subresources.addObject().put("subresource", each.name());
            addKind(entry, each.kind(), type);
            addVerbs(entry, each.verbs());
        }
    }

    /** Group and version are empty where they are the resource's own. */
    private static void addKind(ObjectNode target, GroupVersionKind kind, ResourceType resource) {
        boolean foreign = !kind.apiVersion().equals(resource.apiVersion());
        target.putObject("responseKind")
                .put("group", foreign ? kind.group() : "")
                .put("version", foreign ? kind.version() : "")
                .put("kind", kind.kind());
    }

    private static void addVerbs(ObjectNode target, Set<String> verbs) {
        verbs.forEach(target.putArray("verbs")::add);
    }

    private static void addAll(ObjectNode target, String field, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(target.putArray(field)::add);
        }
    }
}
