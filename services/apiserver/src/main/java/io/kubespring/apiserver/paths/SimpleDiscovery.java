package io.kubespring.apiserver.paths;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Unaggregated discovery. */
final class SimpleDiscovery {

    private final Catalog catalog;

    SimpleDiscovery(Catalog catalog) {
        this.catalog = catalog;
    }

    ObjectNode coreVersions() {
        ObjectNode document = Json.object().put("kind", "APIVersions");
        document.putArray("versions").add("v1");
        document.putArray("serverAddressByClientCIDRs");
        return document;
    }

    ObjectNode groups() {
        ObjectNode document = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = document.putArray("groups");
        catalog.groups().stream().filter(group -> !group.isEmpty()).forEach(group -> groups.add(group(group)));
        return document;
    }

    ObjectNode group(String name) {
        ObjectNode group =
                Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
        ArrayNode versions = group.putArray("versions");
        for (String version : catalog.versions(name)) {
            versions.addObject().put("groupVersion", name + "/" + version).put("version", version);
        }
        group.set("preferredVersion", versions.get(0));
        return group;
    }

    ObjectNode resources(String group, String version) {
        ObjectNode document = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = document.putArray("resources");
        for (ResourceType type : catalog.resources(group, version)) {
            ObjectNode entry = resources
                    .addObject()
                    .put("name", type.plural())
                    .put("singularName", type.singular())
                    .put("namespaced", type.namespaced())
                    .put("kind", type.kind().kind());
            type.verbs().forEach(entry.putArray("verbs")::add);
            if (!type.shortNames().isEmpty()) {
                type.shortNames().forEach(entry.putArray("shortNames")::add);
            }
            if (!type.categories().isEmpty()) {
                type.categories().forEach(entry.putArray("categories")::add);
            }
            for (ResourceType.Subresource each : type.subresources()) {
                ObjectNode sub = resources
                        .addObject()
                        .put("name", type.plural() + "/" + each.name())
                        .put("singularName", "")
                        .put("namespaced", type.namespaced())
                        .put("group", each.kind().group())
                        .put("version", each.kind().version())
                        .put("kind", each.kind().kind());
                each.verbs().forEach(sub.putArray("verbs")::add);
            }
        }
        return document;
    }
}
