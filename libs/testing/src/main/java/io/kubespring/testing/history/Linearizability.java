package io.kubespring.testing.history;

import io.kubespring.testing.history.Call.Action;
import io.kubespring.testing.history.Call.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether each key behaved as one register under gets and compare-and-swaps: some order of the calls explains every
 * answer, in which a call that was answered before another was sent comes before it. Wing and Gong's search with Lowe's
 * memory of visited configurations, a key at a time; calls without an answer may come anywhere after they were sent, or
 * nowhere.
 */
public final class Linearizability {

    private final List<Call> calls;
    private final Revisions revisions;
    private final Set<Configuration> dead = new HashSet<>();
    private int furthest;

    /** @param value of the key; null for absent */
    private record Configuration(BitSet taken, @Nullable String value) {}

    private record Step(Configuration from, int candidate) {}

    private Linearizability(List<Call> calls, Revisions revisions) {
        this.calls = calls;
        this.revisions = revisions;
    }

    /** @return what cannot be explained; empty if everything can */
    public static List<String> violations(List<Call> calls, Revisions revisions) {
        Map<String, List<Call>> byKey =
                calls.stream().collect(Collectors.groupingBy(Call::key, TreeMap::new, Collectors.toList()));
        var violations = new ArrayList<String>();
        byKey.forEach((key, ofKey) -> {
            List<Call> useful = ofKey.stream()
                    .filter(call -> call.certain() || !(call.action() instanceof Action.Get))
                    .sorted(Comparator.comparingLong(Call::invoked))
                    .toList();
            var search = new Linearizability(useful, revisions);
            if (!search.explained()) {
                violations.add("no order explains the answers about " + key + ", at the latest from "
                        + useful.get(Math.min(search.furthest, useful.size() - 1)));
            }
        });
        return violations;
    }

    private boolean explained() {
        var path = new ArrayList<Step>();
        var now = new Configuration(new BitSet(), null);
        int candidate = 0;
        while (true) {
            int first = now.taken().nextClearBit(0);
            furthest = Math.max(furthest, first);
            if (complete(now.taken())) {
                return true;
            }
            int next = dead.contains(now) ? -1 : nextPossible(now, candidate);
            if (next >= 0) {
                path.add(new Step(now, next));
                now = after(now, next);
                candidate = 0;
            } else {
                dead.add(now);
                if (path.isEmpty()) {
                    return false;
                }
                Step back = path.removeLast();
                now = back.from();
                candidate = back.candidate() + 1;
            }
        }
    }

    private boolean complete(BitSet taken) {
        for (int each = taken.nextClearBit(0); each < calls.size(); each = taken.nextClearBit(each + 1)) {
            if (calls.get(each).certain()) {
                return false;
            }
        }
        return true;
    }

    /** The next call, from {@code from} on, that may come now: nothing untaken was answered before it was sent. */
    private int nextPossible(Configuration now, int from) {
        long earliestAnswer = Long.MAX_VALUE;
        BitSet taken = now.taken();
        for (int each = taken.nextClearBit(0); each < calls.size(); each = taken.nextClearBit(each + 1)) {
            Call call = calls.get(each);
            if (call.invoked() > earliestAnswer) {
                break;
            }
            if (each >= from && possible(call, now.value())) {
                return each;
            }
            earliestAnswer = Math.min(earliestAnswer, call.returned());
        }
        return -1;
    }

    private boolean possible(Call call, @Nullable String value) {
        return switch (call.outcome()) {
            case Outcome.Found(String found, long revision) -> found.equals(value);
            case Outcome.Absent absent -> value == null;
            case Outcome.Refused refused -> !conditionHolds(call, value);
            case Outcome.Written written -> conditionHolds(call, value);
            case Outcome.Unknown unknown -> conditionHolds(call, value);
        };
    }

    private boolean conditionHolds(Call call, @Nullable String value) {
        return switch (call.action()) {
            case Action.Create create -> value == null;
            case Action.Update(String next, long expected) -> isAt(call.key(), value, expected);
            case Action.Delete(long expected) -> isAt(call.key(), value, expected);
            case Action.Get get -> true;
        };
    }

    private boolean isAt(String key, @Nullable String value, long revision) {
        return value != null && (key + "=" + value).equals(revisions.writeAt(revision));
    }

    private Configuration after(Configuration now, int taken) {
        Call call = calls.get(taken);
        var next = (BitSet) now.taken().clone();
        next.set(taken);
        boolean changes = call.outcome() instanceof Outcome.Written || call.outcome() instanceof Outcome.Unknown;
        return new Configuration(next, changes ? Revisions.written(call.action()) : now.value());
    }
}
