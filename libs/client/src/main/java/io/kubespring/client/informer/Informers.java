package io.kubespring.client.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.kubespring.api.time.RandomSource;
import io.kubespring.client.ApiResource;
import io.kubespring.client.KubeClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Informers shared by everyone who asks for the same resource with the same options. */
public final class Informers implements AutoCloseable {

    private record Key(Object type, boolean metadataOnly, InformerOptions<?> options) {}

    private final KubeClient client;
    private final Executor executor;
    private final RandomSource random;
    private final Map<Key, Informer<?>> informers = new ConcurrentHashMap<>();
    private volatile boolean started;
    private volatile boolean detectMutations;

    /** @param executor runs lists, deliveries and handlers; in production one virtual thread a task */
    public Informers(KubeClient client, Executor executor, RandomSource random) {
        this.client = client;
        this.executor = executor;
        this.random = random;
    }

    public KubeClient client() {
        return client;
    }

    /** All objects of a type. */
    public <T extends HasMetadata> Informer<T> informer(Class<T> type) {
        return informer(type, InformerOptions.all());
    }

    @SuppressWarnings("unchecked") // the key holds the type
    public <T extends HasMetadata> Informer<T> informer(Class<T> type, InformerOptions<T> options) {
        return (Informer<T>) shared(
                new Key(type, false, options), () -> new Informer<>(client.resources(type), options, executor, random));
    }

    /** Objects as trees. */
    @SuppressWarnings("unchecked") // the key holds the representation
    public Informer<ObjectNode> trees(ApiResource resource, InformerOptions<ObjectNode> options) {
        return (Informer<ObjectNode>) shared(
                new Key(resource, false, options),
                () -> new Informer<>(client.trees(resource), options, executor, random));
    }

    /** Metadata only, as trees. */
    @SuppressWarnings("unchecked") // the key holds the representation
    public Informer<ObjectNode> metadata(ApiResource resource, InformerOptions<ObjectNode> options) {
        return (Informer<ObjectNode>) shared(
                new Key(resource, true, options),
                () -> new Informer<>(client.metadata(resource), options, executor, random));
    }

    /** Has {@link #verifyUnmodified} work for informers made from now on; for tests. */
    public Informers detectMutations() {
        detectMutations = true;
        return this;
    }

    /** @throws IllegalStateException naming a shared object that somebody modified */
    public void verifyUnmodified() {
        informers.values().forEach(informer -> informer.indexer().verifyUnmodified());
    }

    private Informer<?> shared(Key key, Supplier<Informer<?>> made) {
        Informer<?> informer = informers.computeIfAbsent(key, any -> {
            Informer<?> fresh = made.get();
            if (detectMutations) {
                fresh.indexer().detectMutations();
            }
            return fresh;
        });
        // Asked after it is in the map: either this or start() sees the other.
        if (started) {
            informer.start();
        }
        return informer;
    }

    /** Starts all; those asked for later start at once. */
    public void start() {
        started = true;
        informers.values().forEach(Informer::start);
    }

    public boolean hasSynced() {
        return informers.values().stream().allMatch(Informer::hasSynced);
    }

    /** Names of the resources that are not synced yet; for health details and logs. */
    public List<String> unsynced() {
        return informers.values().stream()
                .filter(informer -> !informer.hasSynced())
                .map(Informer::name)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        informers.values().forEach(Informer::close);
    }
}
