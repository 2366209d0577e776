package io.kubespring.client.informer;

import io.kubespring.api.time.RandomSource;
import io.kubespring.client.ListOptions;
import io.kubespring.client.Resources;
import io.kubespring.client.codec.ObjectCodec;
import io.kubespring.client.codec.WatchEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A local copy of a resource that follows the server, as client-go's SharedIndexInformer. A handler added late is told
 * of everything that is there. managedFields are not kept.
 */
public final class Informer<T> implements AutoCloseable, Reflector.Sink<T> {

    private final ObjectCodec<T> codec;
    private final @Nullable UnaryOperator<T> transform;
    private final Executor executor;
    private final String name;
    private final Indexer<T> indexer;
    private final Reflector<T> reflector;
    private final List<HandlerQueue<T>> handlers = new CopyOnWriteArrayList<>();
    private final AtomicInteger unsynced = new AtomicInteger(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean listed;

    public Informer(Resources<T> resources, InformerOptions<T> options, Executor executor, RandomSource random) {
        this.codec = resources.codec();
        this.transform = options.transform();
        this.executor = executor;
        this.name = resources.resource().groupResource().toString();
        this.indexer = new Indexer<>(codec);
        ListOptions selection = ListOptions.ALL.labels(options.labelSelector()).fields(options.fieldSelector());
        this.reflector = new Reflector<>(resources.inNamespace(options.namespace()), selection, this, executor, random);
    }

    /** Idempotent. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            reflector.start();
        }
    }

    /** May be called at any time. */
    public synchronized void addHandler(EventHandler<T> handler) {
        var queue = new HandlerQueue<>(handler, executor, name);
        handlers.add(queue);
        for (T object : indexer.list()) {
            queue.added(object, true);
        }
        unsynced.incrementAndGet();
        if (listed) {
            queue.mark(unsynced::decrementAndGet);
        }
    }

    public void addIndex(String index, Function<T, ? extends Collection<String>> values) {
        indexer.addIndex(index, values);
    }

    public Lister<T> lister() {
        return indexer;
    }

    public Indexer<T> indexer() {
        return indexer;
    }

    /** Whether the first list is in the copy and every handler has been told of it. */
    public boolean hasSynced() {
        return unsynced.get() == 0;
    }

    /** The version up to which the copy is equal to the server; empty before the first list. */
    public String resourceVersion() {
        return reflector.resourceVersion();
    }

    public String name() {
        return name;
    }

    @Override
    public synchronized void replace(List<T> objects) {
        boolean initial = !listed;
        var gone = new HashSet<>(indexer.keys());
        for (T object : objects) {
            gone.remove(codec.key(object));
            put(object, initial);
        }
        gone.forEach(this::remove);
        if (initial) {
            listed = true;
            handlers.forEach(queue -> queue.mark(unsynced::decrementAndGet));
            unsynced.decrementAndGet();
        }
    }

    @Override
    public synchronized void apply(WatchEvent<T> event) {
        switch (event.type()) {
            case ADDED, MODIFIED -> put(event.object(), false);
            case DELETED -> deleted(event.object());
            case BOOKMARK -> {}
        }
    }

    private void put(T received, boolean initial) {
        T object = kept(received);
        T before = indexer.put(object);
        if (before == null) {
            handlers.forEach(queue -> queue.added(object, initial));
        } else if (!codec.resourceVersion(before).equals(codec.resourceVersion(object))) {
            handlers.forEach(queue -> queue.updated(before, object));
        }
    }

    private T kept(T received) {
        codec.dropManagedFields(received);
        return transform == null ? received : transform.apply(received);
    }

    /** The event has the object as it was in the end. */
    private void deleted(T received) {
        T last = kept(received);
        if (indexer.remove(codec.key(last)) != null) {
            handlers.forEach(queue -> queue.deleted(last));
        }
    }

    private void remove(String key) {
        T last = indexer.remove(key);
        if (last != null) {
            handlers.forEach(queue -> queue.deleted(last));
        }
    }

    @Override
    public void close() {
        reflector.close();
        handlers.forEach(HandlerQueue::close);
    }
}
