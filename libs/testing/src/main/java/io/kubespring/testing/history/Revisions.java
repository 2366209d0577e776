package io.kubespring.testing.history;

import io.kubespring.testing.history.Call.Action;
import io.kubespring.testing.history.Call.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Which write each revision stands for: exactly one, and a later write has a higher one, whatever its key. */
public final class Revisions {

    private final Map<Long, String> writes = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private Revisions() {}

    public static Revisions of(List<Call> calls) {
        var revisions = new Revisions();
        for (Call call : calls) {
            switch (call.outcome()) {
                case Outcome.Found(String value, long revision) -> revisions.learn(revision, call.key(), value);
                case Outcome.Written(long revision) -> {
                    String value = written(call.action());
                    if (value != null && revision > 0) {
                        revisions.learn(revision, call.key(), value);
                    }
                }
                case Outcome.Absent absent -> {}
                case Outcome.Refused refused -> {}
                case Outcome.Unknown unknown -> {}
            }
        }
        revisions.checkOrder(calls);
        return revisions;
    }

    static @Nullable String written(Action action) {
        return switch (action) {
            case Action.Create(String value) -> value;
            case Action.Update(String value, long expected) -> value;
            case Action.Get get -> null;
            case Action.Delete delete -> null;
        };
    }

    private void learn(long revision, String key, String value) {
        String write = key + "=" + value;
        String known = writes.putIfAbsent(revision, write);
        if (known != null && !known.equals(write)) {
            violations.add("revision " + revision + " was shown as " + known + " and as " + write);
        }
    }

    private void checkOrder(List<Call> calls) {
        List<Call> starts = calls.stream()
                .filter(call -> revision(call) > 0)
                .sorted(Comparator.comparingLong(Call::invoked))
                .toList();
        var running = new PriorityQueue<Call>(Comparator.comparingLong(Call::returned));
        Call newest = null;
        for (Call call : starts) {
            while (!running.isEmpty() && running.element().returned() < call.invoked()) {
                Call done = running.remove();
                if (newest == null || revision(done) > revision(newest)) {
                    newest = done;
                }
            }
            if (newest != null && revision(call) <= revision(newest)) {
                violations.add(call + " began after " + newest + " was answered, and has no higher revision");
            }
            running.add(call);
        }
    }

    private static long revision(Call call) {
        return call.outcome() instanceof Outcome.Written(long revision) ? revision : 0;
    }

    /** "key=value" of the write that was given this revision; null if no client ever saw it. */
    @Nullable
    String writeAt(long revision) {
        return writes.get(revision);
    }

    /** What is wrong; empty if nothing. */
    public List<String> violations() {
        return List.copyOf(violations);
    }
}
