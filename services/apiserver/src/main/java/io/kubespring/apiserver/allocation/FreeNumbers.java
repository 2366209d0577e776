package io.kubespring.apiserver.allocation;

import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.cache.Snapshot;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that stand for names of a {@link Ledger}: offsets of addresses, or ports. Automatic choice prefers those above
 * the lower band, which users may choose from, and starts at a random place so that a number is not given away again right
 * after its release.
 *
 * @param dynamicStart the first number above the lower band
 */
record FreeNumbers(long first, long dynamicStart, long last, LongFunction<String> name) {

    /** A name that looks free, held for the caller; null if there is none. */
    @Nullable
    String hold(Ledger ledger, RandomSource random) {
        Snapshot view = ledger.view();
        String found = hold(ledger, view, random, dynamicStart, last);
        return found != null ? found : hold(ledger, view, random, first, dynamicStart - 1);
    }

    /** Whether any name is free in a view. */
    boolean anyFree(Snapshot view) {
        if (last - first + 1 > view.size()) {
            return true;
        }
        for (long number = first; number <= last; number++) {
            if (view.get("", name.apply(number)) == null) {
                return true;
            }
        }
        return false;
    }

    /** Steps at most once more than names are taken. */
    private @Nullable String hold(Ledger ledger, Snapshot view, RandomSource random, long low, long high) {
        long span = high - low + 1;
        if (span <= 0) {
            return null;
        }
        long start = Math.floorMod(random.nextLong(), span);
        long tries = Math.min(span, (long) view.size() + ledger.heldCount() + 1);
        for (long i = 0; i < tries; i++) {
            String candidate = name.apply(low + (start + i) % span);
            if (ledger.hold(candidate, view)) {
                return candidate;
            }
        }
        return null;
    }
}
