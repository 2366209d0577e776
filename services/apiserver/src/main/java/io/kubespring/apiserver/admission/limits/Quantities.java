package io.kubespring.apiserver.admission.limits;

import io.kubespring.api.quantity.Quantity;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Amounts by resource name ("cpu" → 500m), exact and as they were written, since refusals show them. Immutable. */
public record Quantities(Map<String, Quantity> amounts) {

    public static final Quantities NONE = new Quantities(Map.of());

    /** What cannot be read as a quantity is left out: validation names it. */
    public static Quantities of(JsonNode list) {
        var amounts = new TreeMap<String, Quantity>();
        for (Map.Entry<String, JsonNode> entry : list.properties()) {
            try {
                amounts.put(entry.getKey(), Quantity.parse(entry.getValue().asString("")));
            } catch (IllegalArgumentException malformed) {
                continue;
            }
        }
        return new Quantities(amounts);
    }

    @Nullable
    Quantity get(String resource) {
        return amounts.get(resource);
    }

    Quantities plus(Quantities other) {
        var sum = new TreeMap<>(amounts);
        other.amounts.forEach((resource, amount) -> sum.merge(resource, amount, Quantity::add));
        return new Quantities(sum);
    }

    /** These amounts, and those of {@code others} for resources that are not among them. */
    Quantities withDefaults(Quantities others) {
        var all = new TreeMap<>(others.amounts);
        all.putAll(amounts);
        return new Quantities(all);
    }

    /** The larger of both, resource by resource. */
    Quantities max(Quantities other) {
        var larger = new TreeMap<>(amounts);
        other.amounts.forEach((resource, amount) ->
                larger.merge(resource, amount, (one, two) -> one.compareTo(two) >= 0 ? one : two));
        return new Quantities(larger);
    }

    /** Whether the same resources stand in both with the same amounts, however these are written. */
    public boolean sameAs(Quantities other) {
        return amounts.size() == other.amounts.size()
                && amounts.entrySet().stream().allMatch(each -> {
                    Quantity there = other.get(each.getKey());
                    return there != null && each.getValue().compareTo(there) == 0;
                });
    }
}
