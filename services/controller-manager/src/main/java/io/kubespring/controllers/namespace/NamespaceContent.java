package io.kubespring.controllers.namespace;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.ApiResource;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.ListOptions;
import io.kubespring.client.Resources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes what is in a namespace, Pods first and alone (KEP-5080), and says what is left. */
final class NamespaceContent {

    private static final DeleteOptions BACKGROUND =
            DeleteOptions.DEFAULT.propagation(DeleteOptions.Propagation.BACKGROUND);

    /**
     * What is left after a round.
     *
     * @param instances by resource ("pods.")
     * @param finalizers how many objects each holds back
     * @param failures of deletions or lists
     */
    record Remainder(Map<String, Integer> instances, Map<String, Integer> finalizers, List<String> failures) {
        static Remainder empty() {
            return new Remainder(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        }

        boolean isEmpty() {
            return instances.isEmpty() && failures.isEmpty();
        }
    }

    private final KubeClient client;
    private final List<ResourceType> types;

    NamespaceContent(KubeClient client, Catalog catalog) {
        this.client = client;
        var prefixes = new HashSet<String>();
        this.types = catalog.all().stream()
                .filter(type -> type.namespaced()
                        && type.storagePrefix() != null
                        && type.verbs().contains("list")
                        && type.verbs().contains("delete"))
                .filter(type -> prefixes.add(String.valueOf(type.storagePrefix())))
                .toList();
    }

    Remainder delete(String namespace) {
        Remainder remainder = Remainder.empty();
        types.stream().filter(NamespaceContent::isPods).forEach(type -> delete(namespace, type, remainder));
        if (remainder.isEmpty()) {
            types.stream().filter(type -> !isPods(type)).forEach(type -> delete(namespace, type, remainder));
        }
        return remainder;
    }

    private static boolean isPods(ResourceType type) {
        return type.plural().equals("pods") && type.kind().group().isEmpty();
    }

    private void delete(String namespace, ResourceType type, Remainder remainder) {
        Resources<ObjectNode> resources = client.metadata(ApiResource.of(type)).inNamespace(namespace);
        try {
            List<ObjectNode> before = list(resources);
            if (before.isEmpty()) {
                return;
            }
            if (type.verbs().contains("deletecollection")) {
                Await.done(resources.deleteCollection(ListOptions.ALL, BACKGROUND));
            } else {
                before.forEach(object -> deleteOne(resources, object));
            }
            List<ObjectNode> left = list(resources);
            if (!left.isEmpty()) {
                remainder.instances().put(name(type), left.size());
            }
            left.forEach(object -> countFinalizers(object, remainder));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND && failure.reason() != StatusReason.METHOD_NOT_ALLOWED) {
                remainder.failures().add(name(type) + ": " + failure.getMessage());
            }
        }
    }

    private static List<ObjectNode> list(Resources<ObjectNode> resources) {
        return Await.value(resources.list()).items();
    }

    private static void deleteOne(Resources<ObjectNode> resources, ObjectNode object) {
        try {
            Await.done(resources.delete(resources.codec().name(object), BACKGROUND));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private static void countFinalizers(ObjectNode object, Remainder remainder) {
        for (JsonNode finalizer : object.path("metadata").path("finalizers")) {
            remainder.finalizers().merge(finalizer.asString(), 1, Integer::sum);
        }
    }

    private static String name(ResourceType type) {
        return type.plural() + "." + type.kind().group();
    }
}
