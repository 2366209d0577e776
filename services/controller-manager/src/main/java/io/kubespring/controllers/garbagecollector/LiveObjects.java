package io.kubespring.controllers.garbagecollector;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.client.ApiResource;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server says now, and the few changes that the garbage collector makes. */
final class LiveObjects {

    private final KubeClient client;
    private final Catalog catalog;

    LiveObjects(KubeClient client, Catalog catalog) {
        this.client = client;
        this.catalog = catalog;
    }

    /** The resource of an owner's kind, in whichever version is served; null where none is. */
    @Nullable
    ApiResource resource(OwnerRef reference) {
        GroupVersionKind kind = GroupVersionKind.of(reference.apiVersion(), reference.kind());
        ResourceType exact = catalog.byKind(kind);
        if (exact != null) {
            return ApiResource.of(exact);
        }
        for (String version : catalog.versions(kind.group())) {
            ResourceType other = catalog.byKind(new GroupVersionKind(kind.group(), version, kind.kind()));
            if (other != null) {
                return ApiResource.of(other);
            }
        }
        return null;
    }

    /** The object of that uid as it is now; null where it is gone or its name belongs to another. */
    @Nullable
    ObjectNode find(Identity identity) {
        ObjectNode found = Await.optional(resources(identity).find(identity.name()));
        return found != null && found.path("metadata").path("uid").asString("").equals(identity.uid()) ? found : null;
    }

    /** Deletes exactly the version that the decision was made on. */
    void delete(Identity identity, ObjectNode live, DeleteOptions.Propagation policy) {
        var options = new DeleteOptions(null, policy, identity.uid(), version(live));
        ignoringGone(() -> Await.done(resources(identity).delete(identity.name(), options)));
    }

    /** @param keep which owner references stay */
    void keepOwners(Identity identity, ObjectNode live, Predicate<String> keep) {
        ArrayNode kept = Json.object().putArray("ownerReferences");
        for (JsonNode reference : live.path("metadata").path("ownerReferences")) {
            if (keep.test(reference.path("uid").asString(""))) {
                kept.add(reference);
            }
        }
        patch(identity, live, "ownerReferences", kept);
    }

    /** Breaks a circle of objects that wait for each other. */
    void unblockOwners(Identity identity, ObjectNode live) {
        ArrayNode references = live.path("metadata").path("ownerReferences").deepCopy() instanceof ArrayNode array
                ? array
                : Json.object().putArray("ownerReferences");
        references.forEach(reference -> ((ObjectNode) reference).put("blockOwnerDeletion", false));
        patch(identity, live, "ownerReferences", references);
    }

    void removeFinalizer(Identity identity, ObjectNode live, String finalizer) {
        ArrayNode kept = Json.object().putArray("finalizers");
        for (JsonNode each : live.path("metadata").path("finalizers")) {
            if (!each.asString("").equals(finalizer)) {
                kept.add(each);
            }
        }
        patch(identity, live, "finalizers", kept);
    }

    private void patch(Identity identity, ObjectNode live, String field, JsonNode value) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata")
                .put("uid", identity.uid())
                .put("resourceVersion", version(live))
                .set(field, value);
        ignoringGone(() -> Await.done(resources(identity).patch(identity.name(), PatchType.MERGE, patch)));
    }

    private static void ignoringGone(Runnable write) {
        try {
            write.run();
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private Resources<ObjectNode> resources(Identity identity) {
        return client.metadata(identity.resource()).inNamespace(identity.namespace());
    }

    private static String version(ObjectNode live) {
        return live.path("metadata").path("resourceVersion").asString("");
    }
}
