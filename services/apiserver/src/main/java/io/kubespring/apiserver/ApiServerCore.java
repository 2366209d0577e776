package io.kubespring.apiserver;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.cache.WatchCaches;
import io.kubespring.apiserver.handlers.CreateHandler;
import io.kubespring.apiserver.handlers.DeleteCollectionHandler;
import io.kubespring.apiserver.handlers.DeleteHandler;
import io.kubespring.apiserver.handlers.GetHandler;
import io.kubespring.apiserver.handlers.ListHandler;
import io.kubespring.apiserver.handlers.ObjectAnswers;
import io.kubespring.apiserver.handlers.PatchHandler;
import io.kubespring.apiserver.handlers.ResourceCaches;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import io.kubespring.apiserver.handlers.Tables;
import io.kubespring.apiserver.handlers.UpdateHandler;
import io.kubespring.apiserver.handlers.WatchHandler;
import io.kubespring.apiserver.paths.Paths;
import io.kubespring.apiserver.registry.Registry;
import io.kubespring.apiserver.registry.StrategyRegistry;
import io.kubespring.apiserver.subresources.Subresources;
import io.kubespring.storage.Store;
import java.util.Map;

/** One API server over one store, wired. Several can live in one process; nothing is static. */
public final class ApiServerCore implements AutoCloseable {

    private final Catalog catalog = Catalog.builtIn();
    private final Store store;
    private final WatchCaches watchCaches;
    private final ResourceCaches caches;
    private final Authenticator authenticator;
    private final ApiServer server;

    public ApiServerCore(
            Store store, Authenticator authenticator, Authorizer authorizer, TimeSource time, RandomSource random) {
        this.store = store;
        this.authenticator = authenticator;
        watchCaches = new WatchCaches(store, time);
        caches = new ResourceCaches(watchCaches);
        ObjectSource objects = new CachedObjects(catalog, caches);
        var strategies = new StrategyRegistry(Map.of());
        var registry = new Registry(store, AdmissionChain.EMPTY, strategies, objects, time, random);
        var tables = new Tables(time);
        var answers = new ObjectAnswers(tables);
        var resources = new ResourceHandlers(Map.of(
                "get", new GetHandler(caches, answers),
                "list", new ListHandler(caches, tables),
                "watch", new WatchHandler(caches, tables, time, random),
                "create", new CreateHandler(registry.writer(), answers),
                "update", new UpdateHandler(registry.writer(), answers),
                "patch", new PatchHandler(registry.writer(), answers),
                "delete", new DeleteHandler(registry.deleter(), strategies, answers),
                "deletecollection", new DeleteCollectionHandler(caches, registry.deleter())));
        new Subresources(catalog, caches, registry, answers, objects, time).register(resources, null);
        server = new ApiServer(catalog, authorizer, resources, Paths.of(catalog, this::ready));
    }

    /** Loads every watch cache. */
    public void start() {
        for (ResourceType type : catalog.all()) {
            if (type.stored()) {
                caches.of(type);
            }
        }
    }

    /** Whether every watch cache has been loaded. */
    public boolean ready() {
        for (ResourceType type : catalog.all()) {
            if (type.stored() && caches.of(type).revision() == 0) {
                return false;
            }
        }
        return true;
    }

    public ApiServer server() {
        return server;
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    /** Ends all watches, then closes the store. */
    @Override
    public void close() {
        watchCaches.close();
        store.close();
    }
}
