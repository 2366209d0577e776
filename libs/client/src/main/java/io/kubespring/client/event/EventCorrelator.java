package io.kubespring.client.event;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an event, by client-go's rules: a token bucket for each object (25, one more each 5 minutes)
 * drops chatter; more than 10 different messages of one reason within 10 minutes are combined into one event; an event
 * seen before raises its count. Remembers at most {@value #MAX_ENTRIES} of each. Used by one task at a time.
 */
final class EventCorrelator {

    sealed interface Decision {}

    /** Too much about this object. */
    record Drop() implements Decision {}

    /** A new event. */
    record Create(Key key, String message) implements Decision {}

    /** The event {@code name} happened once more. */
    record Count(Key key, String name, int count, String message) implements Decision {}

    /** What makes two events the same. */
    record Key(String object, String fieldPath, String type, String reason, String message) {}

    private static final int MAX_ENTRIES = 1024;
    private static final double BURST = 25;
    private static final double REFILL_PER_SECOND = 1 / 300.0;
    private static final int MAX_SIMILAR = 10;
    private static final Duration SIMILAR_WINDOW = Duration.ofSeconds(600);

    private static final class Bucket {
        double tokens = BURST;
        long at;
    }

    private static final class Similar {
        final Set<String> messages = new HashSet<>();
        Instant last = Instant.EPOCH;
    }

    private static final class Seen {
        @Nullable
        String name;

        int count = 1;
    }

    private final TimeSource time;
    private final Map<String, Bucket> buckets = bounded();
    private final Map<Key, Similar> similar = bounded();
    private final Map<Key, Seen> seen = bounded();

    EventCorrelator(TimeSource time) {
        this.time = time;
    }

    Decision correlate(ObjectReference about, String type, String reason, String message) {
        String object = about.getKind() + "/" + about.getNamespace() + "/" + about.getName() + "/" + about.getUid();
        String path = about.getFieldPath() == null ? "" : about.getFieldPath();
        if (!takeToken(object)) {
            return new Drop();
        }
        Key key = new Key(object, path, type, reason, message);
        String shown = message;
        if (combines(new Key(object, "", type, reason, ""), message)) {
            key = new Key(object, path, type, reason, "(combined)");
            shown = "(combined from similar events): " + message;
        }
        Seen before = seen.get(key);
        if (before == null || before.name == null) {
            return new Create(key, shown);
        }
        before.count++;
        return new Count(key, before.name, before.count, shown);
    }

    void created(Key key, String name) {
        Seen entry = seen.computeIfAbsent(key, any -> new Seen());
        entry.name = name;
    }

    private boolean takeToken(String object) {
        long now = time.nanoTime();
        Bucket bucket = buckets.get(object);
        if (bucket == null) {
            bucket = new Bucket();
            buckets.put(object, bucket);
        } else {
            bucket.tokens = Math.min(BURST, bucket.tokens + (now - bucket.at) / 1e9 * REFILL_PER_SECOND);
        }
        bucket.at = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }

    private boolean combines(Key key, String message) {
        Instant now = time.now();
        Similar group = similar.computeIfAbsent(key, any -> new Similar());
        if (Duration.between(group.last, now).compareTo(SIMILAR_WINDOW) > 0) {
            group.messages.clear();
        }
        group.last = now;
        if (group.messages.size() < MAX_SIMILAR) {
            group.messages.add(message);
            return false;
        }
        return !group.messages.contains(message);
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_ENTRIES;
            }
        };
    }
}
