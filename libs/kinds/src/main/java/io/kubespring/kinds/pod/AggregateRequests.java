package io.kubespring.kinds.pod;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the containers of a Pod request together: the ordinary ones and the sidecars at once, or, if it is more, one init
 * container beside the sidecars that started before it. Neither the Pod's own resources nor its overhead count.
 */
public final class AggregateRequests {

    private AggregateRequests() {}

    /** By resource; only what some container requests. */
    public static Map<String, Quantity> of(Field spec) {
        Map<String, Quantity> running = new TreeMap<>();
        spec.at("containers").items().forEach(each -> add(running, each));
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> starting = new TreeMap<>();
        for (Field container : spec.at("initContainers").items()) {
            if (PodContainers.restarts(container)) {
                add(running, container);
                add(sidecars, container);
                raise(starting, sidecars);
            } else {
                Map<String, Quantity> now = new TreeMap<>(sidecars);
                add(now, container);
                raise(starting, now);
            }
        }
        raise(running, starting);
        return running;
    }

    private static void add(Map<String, Quantity> sum, Field container) {
        for (Field request : container.at("resources", "requests").entries()) {
            try {
                sum.merge(request.name(), Quantity.parse(request.value().asString()), Quantity::add);
            } catch (IllegalArgumentException notAQuantity) {
                // Validation names it; it counts for nothing here.
            }
        }
    }

    private static void raise(Map<String, Quantity> most, Map<String, Quantity> other) {
        other.forEach(
                (resource, amount) -> most.merge(resource, amount, (one, two) -> one.compareTo(two) >= 0 ? one : two));
    }
}
