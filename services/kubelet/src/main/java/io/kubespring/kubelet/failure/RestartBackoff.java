package io.kubespring.kubelet.failure;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Delays that double from 10 s to 5 min for what keeps failing, and are forgotten after twice the longest without a
 * failure. Kept by key: a container of a Pod with its hash, or an image for a Pod.
 */
public final class RestartBackoff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private record Entry(Duration delay, Instant updated) {}

    private final TimeSource time;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    public RestartBackoff(TimeSource time) {
        this.time = time;
    }

    /** The whole delay that is in force, zero where there is none. */
    public Duration delay(String key) {
        Entry entry = entries.get(key);
        return entry == null ? Duration.ZERO : entry.delay;
    }

    /** How long yet to wait after something that ended at {@code since}; zero where it may go on. */
    public Duration remaining(String key, Instant since) {
        Entry entry = entries.get(key);
        if (entry == null || isStale(entry, since)) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(time.now(), since.plus(entry.delay));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Notes one more try of what ended at {@code since}. */
    public void next(String key, Instant since) {
        Instant now = time.now();
        entries.compute(key, (each, entry) -> {
            if (entry == null || isStale(entry, since)) {
                return new Entry(FIRST, now);
            }
            Duration doubled = entry.delay.multipliedBy(2);
            return new Entry(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST, now);
        });
    }

    private static boolean isStale(Entry entry, Instant event) {
        return Duration.between(entry.updated, event).compareTo(LONGEST.multipliedBy(2)) > 0;
    }

    public void forget(String keyPrefix) {
        entries.keySet().removeIf(key -> key.startsWith(keyPrefix));
    }

    /** As Go prints it: 10s, 1m20s, 5m0s. */
    public static String render(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }
}
