package io.kubespring.testing.history;

import io.kubespring.testing.history.Call.Outcome;
import io.kubespring.testing.history.WatchLog.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether watchers were told everything, once, in the one order of revisions, across every break and resumption: what
 * they heard agrees among them and with the writers' answers, each event fits the state before it, and no answered write
 * within what they have seen is missing.
 */
public final class WatchOrder {

    private final Map<Long, String> events = new HashMap<>();
    private final TreeMap<Long, String> answered = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    private WatchOrder() {}

    /** @return what is wrong; empty if nothing */
    public static List<String> violations(List<Call> calls, List<WatchLog> logs) {
        var order = new WatchOrder();
        for (Call call : calls) {
            String value = Revisions.written(call.action());
            if (value != null && call.outcome() instanceof Outcome.Written(long revision)) {
                order.answered.put(revision, call.key() + "=" + value);
            }
        }
        logs.forEach(order::follow);
        return order.violations;
    }

    private void follow(WatchLog log) {
        var state = new HashMap<String, String>();
        long seen = 0;
        for (Entry entry : log.entries()) {
            switch (entry) {
                case Entry.Listed listed -> {
                    if (listed.revision() < seen) {
                        violations.add(log.name() + " listed revision " + listed.revision() + " after " + seen);
                    }
                    state.clear();
                    state.putAll(listed.values());
                    seen = listed.revision();
                }
                case Entry.Told told -> {
                    if (told.revision() <= seen) {
                        violations.add(log.name() + " was told " + told + " after revision " + seen);
                    }
                    missing(log, seen, told.revision());
                    agree(log, told);
                    apply(log, told, state);
                    seen = told.revision();
                }
            }
        }
    }

    private void missing(WatchLog log, long seen, long now) {
        if (now > seen + 1) {
            answered.subMap(seen, false, now, false)
                    .forEach((revision, write) ->
                            violations.add(log.name() + " was never told of " + write + " at revision " + revision));
        }
    }

    private void agree(WatchLog log, Entry.Told told) {
        String event = told.change() + " " + told.key() + "=" + told.value();
        String known = events.putIfAbsent(told.revision(), event);
        if (known != null && !known.equals(event)) {
            violations.add(
                    log.name() + " was told " + event + " at revision " + told.revision() + ", another " + known);
        }
        String write = answered.get(told.revision());
        if (write != null
                && (told.change() == WatchLog.Change.DELETED || !write.equals(told.key() + "=" + told.value()))) {
            violations.add(log.name() + " was told " + event + ", revision " + told.revision() + " was " + write);
        }
    }

    private void apply(WatchLog log, Entry.Told told, Map<String, String> state) {
        @Nullable
        String before = told.change() == WatchLog.Change.DELETED
                ? state.remove(told.key())
                : state.put(told.key(), told.value());
        boolean fits = switch (told.change()) {
            case ADDED -> before == null;
            case MODIFIED -> before != null && !before.equals(told.value());
            case DELETED -> told.value().equals(before);
        };
        if (!fits) {
            violations.add(log.name() + " was told " + told + ", while its state was " + before);
        }
    }
}
