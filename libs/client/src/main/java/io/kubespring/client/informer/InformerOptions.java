package io.kubespring.client.informer;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which objects an informer keeps, and how much of them.
 *
 * @param namespace empty for all
 * @param transform applied to every object before it is kept; may modify its argument. Compared by identity: share one
 *     instance to share the informer
 */
public record InformerOptions<T>(
        String namespace,
        @Nullable String labelSelector,
        @Nullable String fieldSelector,
        @Nullable UnaryOperator<T> transform) {

    public static <T> InformerOptions<T> all() {
        return new InformerOptions<>("", null, null, null);
    }

    public InformerOptions<T> namespace(String name) {
        return new InformerOptions<>(name, labelSelector, fieldSelector, transform);
    }

    public InformerOptions<T> labels(String selector) {
        return new InformerOptions<>(namespace, selector, fieldSelector, transform);
    }

    public InformerOptions<T> fields(String selector) {
        return new InformerOptions<>(namespace, labelSelector, selector, transform);
    }

    public InformerOptions<T> transform(UnaryOperator<T> function) {
        return new InformerOptions<>(namespace, labelSelector, fieldSelector, function);
    }
}
