package io.kubespring.apiserver.strategies.service;

import io.kubespring.api.time.RandomSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives away the numbers of a range, each once: offsets of addresses, or ports. Prefers those above the lower band, which
 * users may choose from, and starts at a random place so that a number is not given away again right after its release.
 * Safe for threads.
 */
final class NumberAllocator {

    private final long first;
    private final long dynamicStart;
    private final long last;
    private final RandomSource random;
    private final Set<Long> taken = new HashSet<>();

    NumberAllocator(long first, long dynamicStart, long last, RandomSource random) {
        this.first = first;
        this.dynamicStart = dynamicStart;
        this.last = last;
        this.random = random;
    }

    /** Whether the number was free until now. */
    synchronized boolean reserve(long number) {
        return taken.add(number);
    }

    /** A free number, or −1 if there is none left. */
    synchronized long reserveAny() {
        long found = freeBetween(dynamicStart, last);
        if (found < 0) {
            found = freeBetween(first, dynamicStart - 1);
        }
        if (found >= 0) {
            taken.add(found);
        }
        return found;
    }

    synchronized void release(long number) {
        taken.remove(number);
    }

    synchronized boolean isTaken(long number) {
        return taken.contains(number);
    }

    /** Steps at most once more than numbers are taken. */
    private long freeBetween(long low, long high) {
        long span = high - low + 1;
        if (span <= 0) {
            return -1;
        }
        long start = Math.floorMod(random.nextLong(), span);
        long tries = Math.min(span, taken.size() + 1L);
        for (long i = 0; i < tries; i++) {
            long candidate = low + (start + i) % span;
            if (!taken.contains(candidate)) {
                return candidate;
            }
        }
        return -1;
    }
}
