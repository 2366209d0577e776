package io.kubespring.apiserver;

import io.kubespring.api.GroupResource;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.allocation.AllocationMetrics;
import io.kubespring.apiserver.allocation.RepairLoop;
import io.kubespring.apiserver.allocation.ServiceAllocations;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authentication.impersonation.Impersonation;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.bootstrap.ClusterBootstrap;
import io.kubespring.apiserver.bootstrap.FlowSchemaConditions;
import io.kubespring.apiserver.bootstrap.IdentityLease;
import io.kubespring.apiserver.bootstrap.ServerLeases;
import io.kubespring.apiserver.cache.WatchCaches;
import io.kubespring.apiserver.encoding.Encodings;
import io.kubespring.apiserver.features.FeatureGate;
import io.kubespring.apiserver.flowcontrol.FlowController;
import io.kubespring.apiserver.flowcontrol.Gate;
import io.kubespring.apiserver.flowcontrol.MaxInFlight;
import io.kubespring.apiserver.handlers.CreateHandler;
import io.kubespring.apiserver.handlers.DeleteCollectionHandler;
import io.kubespring.apiserver.handlers.DeleteHandler;
import io.kubespring.apiserver.handlers.GetHandler;
import io.kubespring.apiserver.handlers.ListHandler;
import io.kubespring.apiserver.handlers.ObjectAnswers;
import io.kubespring.apiserver.handlers.PatchHandler;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.handlers.ResourceCaches;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import io.kubespring.apiserver.handlers.Tables;
import io.kubespring.apiserver.handlers.UpdateHandler;
import io.kubespring.apiserver.handlers.WatchHandler;
import io.kubespring.apiserver.limits.LimitsConfig;
import io.kubespring.apiserver.limits.RequestLimits;
import io.kubespring.apiserver.metrics.CacheMetrics;
import io.kubespring.apiserver.metrics.ListMetrics;
import io.kubespring.apiserver.metrics.ProcessMetrics;
import io.kubespring.apiserver.metrics.RequestMetrics;
import io.kubespring.apiserver.metrics.SecurityMetrics;
import io.kubespring.apiserver.metrics.StoreMetrics;
import io.kubespring.apiserver.metrics.WatchMetrics;
import io.kubespring.apiserver.openapi.Served;
import io.kubespring.apiserver.paths.FlowControlPaths;
import io.kubespring.apiserver.paths.HealthChecks;
import io.kubespring.apiserver.paths.Paths;
import io.kubespring.apiserver.paths.StoreProbe;
import io.kubespring.apiserver.proxy.ProxyClient;
import io.kubespring.apiserver.proxy.Proxying;
import io.kubespring.apiserver.registry.Registry;
import io.kubespring.apiserver.registry.StrategyRegistry;
import io.kubespring.apiserver.request.Negotiation;
import io.kubespring.apiserver.request.RequestInfo;
import io.kubespring.apiserver.security.ApiServerSecurity;
import io.kubespring.apiserver.strategies.BuiltInStrategies;
import io.kubespring.apiserver.streaming.ConnectGate;
import io.kubespring.apiserver.streaming.KubeletClient;
import io.kubespring.apiserver.streaming.KubeletEndpoints;
import io.kubespring.apiserver.streaming.Streaming;
import io.kubespring.apiserver.subresources.Reviews;
import io.kubespring.apiserver.subresources.Subresources;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.Transport;
import io.kubespring.service.upgrade.Tunnels;
import io.kubespring.storage.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One API server over one store, wired. Several can live in one process; nothing is static. */
public final class ApiServerCore implements AutoCloseable {

    private final Catalog catalog = Catalog.builtIn();
    private final Store store;
    private final CacheMetrics cacheMetrics;
    private final WatchCaches watchCaches;
    private final ResourceCaches caches;
    private final ApiServerSecurity security;
    private final ApiServer server;
    private final KubeletEndpoints kubeletEndpoints;
    private final KubeletClient kubelets;
    private final ProxyClient proxied;
    private final Tunnels tunnels = new Tunnels();
    private final HealthChecks health;
    private final StoreProbe reads;
    private final StoreProbe writes;
    private final RequestLimits limits;
    private @Nullable FlowSchemaConditions conditions;
    private final @Nullable ClusterBootstrap bootstrap;
    private final @Nullable RepairLoop repair;
    private final Executor virtualThreads =
            task -> Thread.ofVirtual().name("in-process").start(task);
    private final Scheduler inProcess = Schedulers.fromExecutor(virtualThreads);

    /** @param store owned from here on */
    public ApiServerCore(
            ApiServerConfig config, Store store, TimeSource time, RandomSource random, MeterRegistry metrics) {
        this.store = store;
        cacheMetrics = new CacheMetrics(metrics);
        watchCaches = new WatchCaches(store, time);
        caches = new ResourceCaches(watchCaches);
        ObjectSource objects = new CachedObjects(catalog, caches);
        var kubelet = config.kubelets();
        kubeletEndpoints = new KubeletEndpoints(objects, kubelet.preferredAddressTypes());
        kubelets = new KubeletClient(kubelet.clientCertificate(), kubelet.clientKey(), kubelet.certificateAuthority());
        proxied = new ProxyClient(kubelets);
        security = new ApiServerSecurity(config.security(), objects, time, random, new SecurityMetrics(metrics, time));
        ProcessMetrics.register(metrics);
        var allocations = new ServiceAllocations(
                config.serviceClusterIpRanges(),
                config.serviceNodePorts(),
                store,
                watchCaches,
                objects,
                time,
                random,
                new AllocationMetrics(metrics, time));
        var strategies = new StrategyRegistry(BuiltInStrategies.all(allocations, config.eventTimeToLive()));
        Store metered = new MeteredStore(store, new StoreMetrics(metrics, time));
        var registry = new Registry(
                catalog,
                metered,
                security.admission(),
                strategies,
                objects,
                caches::entry,
                security.authorizer(),
                time,
                random);
        reads = new StoreProbe(
                "reads", store::currentRevision, config.storeChecks().health(), time);
        writes = new StoreProbe("writes", store::check, config.storeChecks().readiness(), time);
        health = new HealthChecks(time, config.limits().livezGracePeriod());
        health.both("etcd", reads::problem);
        health.readiness("etcd-readiness", writes::problem);
        health.readiness("informer-sync", this::notLoaded);
        boolean cbor = config.features().enabled(FeatureGate.CBOR_SERVING_AND_STORAGE);
        var negotiation = new Negotiation(cbor);
        var served =
                new Served(cbor, type -> strategies.of(type.groupResource()).returnsDeletedObject());
        PathHandlers paths = Paths.of(
                catalog, served, negotiation, config.security().externalAddress(), security.openId(), health, metrics);
        Gate gate = gate(config.limits(), objects, time, metrics);
        var requests = new RequestMetrics(metrics, time);
        limits = new RequestLimits(gate, config.limits().requestTimeout(), time, observer(requests));
        if (gate instanceof FlowController controller) {
            FlowControlPaths.register(paths, controller.dumps());
        }
        server = new ApiServer(
                catalog,
                security.authorizer(),
                handlers(registry, strategies, objects, config.limits(), time, random, metrics),
                paths,
                limits,
                requests,
                negotiation);
        bootstrap = config.bootstrap() ? bootstrap(config, gate, time, random) : null;
        repair = config.bootstrap() ? repair(allocations, objects, time, metrics) : null;
    }

    private RequestLimits.Observer observer(RequestMetrics requests) {
        return new RequestLimits.Observer() {
            @Override
            public void terminated(RequestInfo info, int code) {
                boolean served = info.resourceRequest()
                        && catalog.find(info.apiGroup(), info.apiVersion(), info.resource()) != null;
                requests.terminated(info, served, code);
            }

            @Override
            public void waits(RequestInfo info, boolean begins) {
                requests.waits(info, begins);
            }
        };
    }

    private Gate gate(LimitsConfig config, ObjectSource objects, TimeSource time, MeterRegistry metrics) {
        if (!config.enablePriorityAndFairness()) {
            return new MaxInFlight(config.reads(), config.writes());
        }
        int cores = Runtime.getRuntime().availableProcessors();
        var capacity = new FlowController.Capacity(config.seats(cores), LimitsConfig.wideAtOnce(cores));
        return new FlowController(objects, new CachedCounts(catalog, caches), capacity, time, metrics);
    }

    private RepairLoop repair(
            ServiceAllocations allocations, ObjectSource objects, TimeSource time, MeterRegistry metrics) {
        var client = KubeClient.over(transport(UserInfo.API_SERVER, UserInfo.MASTERS_GROUP), time);
        var made = new RepairLoop(allocations, objects, client, time, virtualThreads, metrics);
        health.postStartHook("start-service-ip-repair-controllers", made::ready);
        return made;
    }

    private ClusterBootstrap bootstrap(ApiServerConfig config, Gate gate, TimeSource time, RandomSource random) {
        var client = KubeClient.over(transport(UserInfo.API_SERVER, UserInfo.MASTERS_GROUP), time);
        var network = config.network();
        var made = new ClusterBootstrap(
                client,
                time,
                network,
                new ServerLeases(store, network.keepsEndpoints()),
                new IdentityLease(network.hostname(), network.securePort(), time, random),
                config.extensionAuthentication());
        for (String step : made.steps()) {
            health.postStartHook(step, () -> made.isDone(step));
        }
        if (gate instanceof FlowController controller) {
            health.postStartHook("priority-and-fairness-config-consumer", controller::configured);
            health.postStartHook("priority-and-fairness-filter", () -> true);
            conditions = new FlowSchemaConditions(client, time, controller::staleConditions);
        }
        return made;
    }

    private ResourceHandlers handlers(
            Registry registry,
            StrategyRegistry strategies,
            ObjectSource objects,
            LimitsConfig limited,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics) {
        var tables = new Tables(time);
        var encodings = new Encodings(watchCaches.encoded());
        var answers = new ObjectAnswers(tables, encodings);
        var resources = new ResourceHandlers(Map.of(
                "get", new GetHandler(caches, answers),
                "list", new ListHandler(caches, tables, encodings, new ListMetrics(metrics)),
                "watch",
                        new WatchHandler(
                                caches,
                                tables,
                                encodings,
                                time,
                                random,
                                limited.minRequestTimeout(),
                                new WatchMetrics(metrics)),
                "create", new CreateHandler(registry.writer(), answers),
                "update", new UpdateHandler(registry.writer(), answers),
                "patch", new PatchHandler(registry.writer(), answers),
                "delete", new DeleteHandler(registry.deleter(), strategies, answers),
                "deletecollection", new DeleteCollectionHandler(caches, registry.deleter())));
        new Subresources(catalog, caches, registry, answers, store, time)
                .register(resources, security.tokenRequests(), security.admission());
        var gate = new ConnectGate(security.authorizer(), security.admission());
        Streaming.register(resources, objects, kubeletEndpoints, kubelets, gate, tunnels);
        Proxying.register(resources, objects, random, kubeletEndpoints, proxied, gate, tunnels);
        new Reviews(catalog, resources).register(security.accessReviews(), security.identityReviews());
        return resources;
    }

    /** Loads every watch cache, and makes the cluster's own objects. */
    public void start() {
        Set<GroupResource> loaded = new HashSet<>();
        for (ResourceType type : catalog.all()) {
            if (type.stored() && loaded.add(type.groupResource())) {
                cacheMetrics.register(
                        type.groupResource().group(), type.groupResource().resource(), caches.of(type));
            }
        }
        reads.start();
        writes.start();
        if (bootstrap != null) {
            bootstrap.start();
        }
        if (repair != null) {
            repair.start();
        }
    }

    /** Whether requests can be served. */
    public boolean ready() {
        return health.isReady();
    }

    private @Nullable String notLoaded() {
        List<String> missing = new ArrayList<>();
        for (ResourceType type : catalog.all()) {
            if (type.stored() && caches.of(type).revision() == 0) {
                missing.add(type.groupResource().toString());
            }
        }
        return missing.isEmpty() ? null : missing.size() + " informers not started yet: " + missing;
    }

    public ApiServer server() {
        return server;
    }

    public Authenticator authenticator() {
        return security.authenticator();
    }

    public Impersonation impersonation() {
        return security.impersonation();
    }

    /** A way in for a component of this process, as the given user. */
    public Transport transport(String user, String... groups) {
        return new InProcessTransport(server, UserInfo.of(user, groups), inProcess);
    }

    /** From now on not ready; everything is still served. */
    public void announceStop() {
        health.stop();
    }

    /** Says that it is not ready and ends what would last; everything else is still answered. */
    public void prepareToStop() {
        health.stop();
        server.endStreams();
        tunnels.close();
    }

    /** Ends all watches, then closes the store. */
    @Override
    public void close() {
        prepareToStop();
        if (bootstrap != null) {
            bootstrap.close();
        }
        if (repair != null) {
            repair.close();
        }
        reads.close();
        writes.close();
        if (conditions != null) {
            conditions.close();
        }
        limits.close();
        watchCaches.close();
        security.close();
        proxied.close();
        kubelets.close();
        inProcess.dispose();
        store.close();
    }
}
