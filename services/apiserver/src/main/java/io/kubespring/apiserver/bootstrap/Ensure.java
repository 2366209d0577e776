package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.ApiResource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes objects exist, also when others make them at the same time. */
final class Ensure {

    private Ensure() {}

    static ApiResource core(String kind, String plural, boolean namespaced) {
        return new ApiResource(new GroupVersionKind("", "v1", kind), plural, namespaced);
    }

    static ApiResource of(String group, String kind, String plural, boolean namespaced) {
        return new ApiResource(new GroupVersionKind(group, "v1", kind), plural, namespaced);
    }

    static Resources<ObjectNode> in(KubeClient client, ApiResource resource, String namespace) {
        Resources<ObjectNode> all = client.trees(resource);
        return namespace.isEmpty() ? all : all.inNamespace(namespace);
    }

    /** Creates {@code wanted} unless an object of its name exists. */
    static void exists(Resources<ObjectNode> resources, ObjectNode wanted) {
        upToDate(resources, wanted, stored -> null);
    }

    /**
     * Creates {@code wanted}, or replaces what is stored by what {@code change} makes of it.
     *
     * @param change answers null where the stored object will do
     */
    static void upToDate(Resources<ObjectNode> resources, ObjectNode wanted, Change change) {
        String name = wanted.path("metadata").path("name").asString("");
        ObjectNode stored = Await.optional(resources.find(name));
        if (stored == null) {
            stored = created(resources, wanted, name);
        }
        ObjectNode next = stored == null ? null : change.from(stored);
        if (next != null) {
            Await.done(resources.update(next));
        }
    }

    /** @return what somebody else created meanwhile, or null */
    private static @Nullable ObjectNode created(Resources<ObjectNode> resources, ObjectNode wanted, String name) {
        try {
            Await.done(resources.create(wanted));
            return null;
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.ALREADY_EXISTS) {
                throw failure;
            }
            return Await.value(resources.get(name));
        }
    }

    /** What should be stored instead of an object. */
    @FunctionalInterface
    interface Change {
        @Nullable
        ObjectNode from(ObjectNode stored);

        static Change edit(UnaryOperator<ObjectNode> editor) {
            return stored -> {
                ObjectNode next = editor.apply(stored.deepCopy());
                return next.equals(stored) ? null : next;
            };
        }
    }
}
