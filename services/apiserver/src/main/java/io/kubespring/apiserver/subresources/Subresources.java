package io.kubespring.apiserver.subresources;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.schema.Schema;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authentication.token.TokenRequests;
import io.kubespring.apiserver.handlers.ObjectAnswers;
import io.kubespring.apiserver.handlers.ResourceCaches;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import io.kubespring.apiserver.handlers.UpdateHandler;
import io.kubespring.apiserver.registry.Registry;
import io.kubespring.storage.Store;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Registers the handlers of this package. */
public final class Subresources {

    private final Catalog catalog;
    private final ResourceCaches caches;
    private final Registry registry;
    private final ObjectAnswers answers;
    private final Store store;
    private final TimeSource time;

    public Subresources(
            Catalog catalog,
            ResourceCaches caches,
            Registry registry,
            ObjectAnswers answers,
            Store store,
            TimeSource time) {
        this.store = store;
        this.catalog = catalog;
        this.caches = caches;
        this.registry = registry;
        this.answers = answers;
        this.time = time;
    }

    /** @param tokens null where no signing key is configured: then no tokens are issued */
    public void register(ResourceHandlers handlers, @Nullable TokenRequests tokens, AdmissionChain admission) {
        var scale = new ScaleHandlers(caches, registry.writer(), answers, time);
        for (ResourceType type : catalog.all()) {
            var subresource = type.subresource("scale");
            if (subresource != null && subresource.kind().equals(Scales.KIND)) {
                String group = type.kind().group();
                handlers.with("get", group, type.plural(), "scale", scale::get)
                        .with("update", group, type.plural(), "scale", scale::update)
                        .with("patch", group, type.plural(), "scale", scale::patch);
            }
        }
        var components = new ComponentStatuses(store, answers);
        handlers.with("list", "", "componentstatuses", "", components::list)
                .with("get", "", "componentstatuses", "", components::get);
        ResourceType pods = type("", "pods");
        ResourceType budgets = type("policy", "poddisruptionbudgets");
        var binding = new BindingHandler(pods, schema(pods, "binding"), registry.writer(), admission, time);
        var eviction = new EvictionHandler(budgets, schema(pods, "eviction"), caches, registry, admission, time);
        handlers.with("create", "", "pods", "binding", binding)
                .with("create", "", "bindings", "", binding)
                .with("create", "", "pods", "eviction", eviction)
                .with("update", "", "namespaces", "finalize", new UpdateHandler(registry.writer(), answers));
        if (tokens != null) {
            Schema request = schema(type("", "serviceaccounts"), "token");
            handlers.with("create", "", "serviceaccounts", "token", new TokenHandler(request, tokens, admission));
        }
    }

    private ResourceType type(String group, String plural) {
        return Objects.requireNonNull(catalog.find(group, "v1", plural), plural);
    }

    private static Schema schema(ResourceType type, String subresource) {
        return Objects.requireNonNull(type.subresource(subresource), subresource)
                .schema();
    }
}
