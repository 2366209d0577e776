package io.kubespring.service.access;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers that hold for a while; bounded, the oldest go first. */
final class ExpiringCache<K, V> {

    private record Held<V>(V value, Instant until) {}

    private final TimeSource time;
    private final Map<K, Held<V>> entries;

    ExpiringCache(TimeSource time, int most) {
        this.time = time;
        this.entries = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Held<V>> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<V> get(K key) {
        Held<V> entry = entries.get(key);
        return entry == null || time.now().isAfter(entry.until) ? Optional.empty() : Optional.of(entry.value);
    }

    synchronized void put(K key, V value, Duration life) {
        entries.remove(key);
        entries.put(key, new Held<>(value, time.now().plus(life)));
    }
}
