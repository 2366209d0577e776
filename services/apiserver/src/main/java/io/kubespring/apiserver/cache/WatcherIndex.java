package io.kubespring.apiserver.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the watchers that a change may concern. Each watcher stands in the most selective place its request allows, so a
 * change asks the few that name its object, its node or its namespace, and those that watch everything. Guarded by the
 * cache's lock.
 */
final class WatcherIndex {

    private final Set<Watcher> everything = new LinkedHashSet<>();
    private final Map<String, Set<Watcher>> byName = new HashMap<>();
    private final Map<String, Set<Watcher>> byNode = new HashMap<>();
    private final Map<String, Set<Watcher>> byNamespace = new HashMap<>();

    void add(Watcher watcher) {
        Map<String, Set<Watcher>> map = mapFor(watcher.asked().selection());
        if (map == null) {
            everything.add(watcher);
        } else {
            map.computeIfAbsent(keyFor(watcher.asked().selection()), key -> new LinkedHashSet<>())
                    .add(watcher);
        }
    }

    void remove(Watcher watcher) {
        Map<String, Set<Watcher>> map = mapFor(watcher.asked().selection());
        if (map == null) {
            everything.remove(watcher);
            return;
        }
        map.computeIfPresent(keyFor(watcher.asked().selection()), (key, watchers) -> {
            watchers.remove(watcher);
            return watchers.isEmpty() ? null : watchers;
        });
    }

    private @Nullable Map<String, Set<Watcher>> mapFor(Selection selection) {
        if (!selection.name().isEmpty()) {
            return byName;
        }
        if (!selection.nodeName().isEmpty()) {
            return byNode;
        }
        return selection.namespace().isEmpty() ? null : byNamespace;
    }

    private static String keyFor(Selection selection) {
        if (!selection.name().isEmpty()) {
            return selection.name();
        }
        return selection.nodeName().isEmpty() ? selection.namespace() : selection.nodeName();
    }

    List<Watcher> all() {
        var all = new ArrayList<>(everything);
        for (var map : List.of(byName, byNode, byNamespace)) {
            map.values().forEach(all::addAll);
        }
        return all;
    }

    /** Calls {@code action} once with every watcher that a change between these versions may concern. */
    void forEachCandidate(@Nullable StoredObject now, @Nullable StoredObject before, Consumer<Watcher> action) {
        everything.forEach(action);
        StoredObject either = now == null ? before : now;
        if (either == null) {
            return;
        }
        forEach(byName, either.name(), action);
        forEach(byNamespace, either.namespace(), action);
        if (!byNode.isEmpty()) {
            String nodeNow = now == null ? null : now.field("spec.nodeName");
            String nodeBefore = before == null ? null : before.field("spec.nodeName");
            forEach(byNode, nodeNow, action);
            if (nodeBefore != null && !nodeBefore.equals(nodeNow)) {
                forEach(byNode, nodeBefore, action);
            }
        }
    }

    private static void forEach(Map<String, Set<Watcher>> map, @Nullable String key, Consumer<Watcher> action) {
        Set<Watcher> found = key == null ? null : map.get(key);
        if (found != null) {
            found.forEach(action);
        }
    }
}
