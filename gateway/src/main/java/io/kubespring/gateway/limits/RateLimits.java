package io.kubespring.gateway.limits;

import io.kubespring.api.time.TimeSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket a caller, in a table that forgets who asked longest ago: a full bucket is what a newcomer gets, so little is
 * lost. Callers that cannot be told apart for sure share the bucket of their address.
 */
public final class RateLimits {

    private static final int REMEMBERED = 10_000;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final TimeSource time;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    private static final class Bucket {
        double left;
        long at;

        Bucket(double left, long at) {
            this.left = left;
            this.at = at;
        }
    }

    /** @param perSecond no limit where it is 0 */
    public RateLimits(double perSecond, double burst, TimeSource time) {
        this.perSecond = perSecond;
        this.burst = Math.max(1, burst);
        this.time = time;
    }

    /** Takes one request out of a caller's bucket; false where it is empty. */
    public synchronized boolean admit(String caller) {
        if (perSecond <= 0) {
            return true;
        }
        long now = time.nanoTime();
        Bucket bucket = buckets.computeIfAbsent(caller, unknown -> new Bucket(burst, now));
        bucket.left = Math.min(burst, bucket.left + (now - bucket.at) / NANOS * perSecond);
        bucket.at = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }
}
