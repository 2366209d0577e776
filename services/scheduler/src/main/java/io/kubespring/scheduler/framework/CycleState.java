package io.kubespring.scheduler.framework;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What plugins remember during the scheduling of one Pod, from one extension point to the next. */
public final class CycleState {

    private final Map<Class<?>, Object> values = new HashMap<>();
    private final Set<String> skippedFilters = new HashSet<>();
    private final Set<String> skippedScores = new HashSet<>();

    /** One value a type: a plugin uses a record of its own. */
    public void write(Object value) {
        values.put(value.getClass(), value);
    }

    /** The value of that type, or null. */
    public <T> @Nullable T read(Class<T> type) {
        return type.cast(values.get(type));
    }

    void skipFilter(String plugin) {
        skippedFilters.add(plugin);
    }

    boolean skipsFilter(String plugin) {
        return !skippedFilters.isEmpty() && skippedFilters.contains(plugin);
    }

    void skipScore(String plugin) {
        skippedScores.add(plugin);
    }

    boolean skipsScore(String plugin) {
        return !skippedScores.isEmpty() && skippedScores.contains(plugin);
    }
}
