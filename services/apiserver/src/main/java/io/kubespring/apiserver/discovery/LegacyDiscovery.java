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

/** Discovery one document a group-version, as clients before 1.26 read it. */
final class LegacyDiscovery {

    private final Catalog catalog;
    private final String serverAddress;

    LegacyDiscovery(Catalog catalog, String serverAddress) {
        this.catalog = catalog;
        this.serverAddress = serverAddress;
    }

    ObjectNode coreVersions() {
        ObjectNode document = Json.object().put("kind", "APIVersions");
        ArrayNode versions = document.putArray("versions");
        catalog.versions("").forEach(versions::add);
        document.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", serverAddress);
        return document;
    }

    ObjectNode groups() {
        ObjectNode document = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = document.putArray("groups");
        for (String each : catalog.groups()) {
            if (!each.isEmpty()) {
                fillGroup(groups.addObject(), each);
            }
        }
        return document;
    }

    ObjectNode group(String name) {
        ObjectNode document = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
        fillGroup(document, name);
        return document;
    }

    ObjectNode resources(String group, String version) {
        ObjectNode document = Json.object().put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            document.put("apiVersion", "v1");
        }
        document.put("groupVersion", new GroupVersionKind(group, version, "").apiVersion());
        ArrayNode resources = document.putArray("resources");
        for (ResourceType each : catalog.resources(group, version)) {
            addResource(resources.addObject(), each);
            for (Subresource subresource : each.subresources()) {
                addSubresource(resources.addObject(), each, subresource);
            }
        }
        return document;
    }

    private void fillGroup(ObjectNode group, String name) {
        group.put("name", name);
        List<String> served = catalog.versions(name);
        ArrayNode versions = group.putArray("versions");
        for (String each : served) {
            versions.addObject().put("groupVersion", name + "/" + each).put("version", each);
        }
        group.putObject("preferredVersion")
                .put("groupVersion", name + "/" + served.getFirst())
                .put("version", served.getFirst());
    }

    private void addResource(ObjectNode target, ResourceType type) {
        target.put("name", type.plural())
                .put("singularName", type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind().kind());
        addVerbs(target, type.verbs());
        addAll(target, "shortNames", type.shortNames());
        addAll(target, "categories", type.categories());
        if (type.stored()) {
            target.put("storageVersionHash", StorageVersionHash.of(catalog, type));
        }
    }

    private static void addSubresource(ObjectNode target, ResourceType parent, Subresource subresource) {
        target.put("name", parent.plural() + "/" + subresource.name())
                .put("singularName", "")
                .put("namespaced", parent.namespaced());
        GroupVersionKind body = subresource.kind();
        boolean foreign = !body.apiVersion().equals(parent.apiVersion());
        if (foreign) {
            target.put("group", body.group()).put("version", body.version());
        }
        target.put("kind", body.kind());
        addVerbs(target, subresource.verbs());
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
