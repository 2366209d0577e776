package io.kubespring.client.informer;

import io.kubespring.client.codec.ObjectCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The informer's copy with its indexes. Reading by key takes no lock; writes come from the informer alone. Invariant: an
 * object is in an index exactly under the values that the index function gives for its current version.
 */
public final class Indexer<T> implements Lister<T> {

    private static final String NAMESPACE = "namespace";

    private record Index<T>(Function<T, ? extends Collection<String>> values, Map<String, Map<String, T>> entries) {}

    private final ObjectCodec<T> codec;
    private final Map<String, T> objects = new ConcurrentHashMap<>();
    private final Map<String, Index<T>> indexes = new HashMap<>();
    private final Map<String, byte[]> written = new HashMap<>();
    private boolean detectMutations;

    public Indexer(ObjectCodec<T> codec) {
        this.codec = codec;
        indexes.put(NAMESPACE, new Index<>(object -> List.of(codec.namespace(object)), new HashMap<>()));
    }

    /** Adds an index over what is there and what comes; an index of that name is replaced. */
    public synchronized void addIndex(String name, Function<T, ? extends Collection<String>> values) {
        var index = new Index<>(values, new HashMap<String, Map<String, T>>());
        indexes.put(name, index);
        objects.forEach((key, object) -> enter(index, key, object));
    }

    @Override
    public @Nullable T get(String namespace, String name) {
        return objects.get(namespace.isEmpty() ? name : namespace + "/" + name);
    }

    @Override
    public @Nullable T byKey(String key) {
        return objects.get(key);
    }

    @Override
    public Collection<T> list() {
        return List.copyOf(objects.values());
    }

    @Override
    public Collection<T> list(String namespace) {
        return byIndex(NAMESPACE, namespace);
    }

    @Override
    public synchronized List<T> byIndex(String name, String value) {
        Index<T> index = indexes.get(name);
        if (index == null) {
            throw new IllegalArgumentException("no index " + name);
        }
        Map<String, T> found = index.entries.get(value);
        return found == null ? List.of() : new ArrayList<>(found.values());
    }

    /** From now on {@link #verifyUnmodified} knows what every object looked like; for tests, as it costs memory. */
    synchronized void detectMutations() {
        detectMutations = true;
    }

    /** @throws IllegalStateException naming an object that somebody modified */
    synchronized void verifyUnmodified() {
        written.forEach((key, before) -> {
            T object = objects.get(key);
            if (object != null && !Arrays.equals(before, codec.write(object))) {
                throw new IllegalStateException("shared object was modified: " + key);
            }
        });
    }

    public int size() {
        return objects.size();
    }

    List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    /** @return the version that was replaced, or null */
    synchronized @Nullable T put(T object) {
        String key = codec.key(object);
        T before = objects.put(key, object);
        if (detectMutations) {
            written.put(key, codec.write(object));
        }
        for (Index<T> index : indexes.values()) {
            if (before != null) {
                leave(index, key, before);
            }
            enter(index, key, object);
        }
        return before;
    }

    synchronized @Nullable T remove(String key) {
        T before = objects.remove(key);
        written.remove(key);
        if (before != null) {
            for (Index<T> index : indexes.values()) {
                leave(index, key, before);
            }
        }
        return before;
    }

    private static <T> void enter(Index<T> index, String key, T object) {
        for (String value : index.values.apply(object)) {
            index.entries.computeIfAbsent(value, any -> new LinkedHashMap<>()).put(key, object);
        }
    }

    private static <T> void leave(Index<T> index, String key, T object) {
        for (String value : index.values.apply(object)) {
            Map<String, T> entries = index.entries.get(value);
            if (entries != null && entries.remove(key) != null && entries.isEmpty()) {
                index.entries.remove(value);
            }
        }
    }
}
