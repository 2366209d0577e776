package io.kubespring.apiserver.flowcontrol;

/**
 * For how many nanoseconds a value was what: a histogram that observes at the end of every nanosecond, kept by looking only
 * when the value changes. Guarded by whoever owns it.
 */
final class TimedHistogram {

    private final double[] bounds;
    private final long[] nanos;
    private double sum;
    private double value;
    private int bucket;
    private long since;

    /** @param bounds upper ones, ascending, without the infinite one */
    TimedHistogram(double[] bounds, long now) {
        this.bounds = bounds;
        nanos = new long[bounds.length + 1];
        since = now;
        bucket = bucketOf(0);
    }

    /** What it is as a part of what it could be; a part of nothing is nothing. */
    void set(double part, double whole, long now) {
        double next = whole > 0 ? part / whole : 0;
        if (next != value) {
            elapse(now);
            value = next;
            bucket = bucketOf(next);
        }
    }

    private void elapse(long now) {
        long passed = Math.max(0, now - since);
        nanos[bucket] += passed;
        sum += value * passed;
        since = now;
    }

    private int bucketOf(double observed) {
        int found = 0;
        while (found < bounds.length && observed > bounds[found]) {
            found++;
        }
        return found;
    }

    /** How it stands now; the copy is the caller's. */
    Reading read(long now) {
        elapse(now);
        return new Reading(bounds, nanos.clone(), sum);
    }

    /** @param nanos one more than there are bounds, not cumulative */
    record Reading(double[] bounds, long[] nanos, double sum) {}
}
