package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A kind of {@link KindStrategy} whose writers are warned of something; not those of its subresources. */
final class WarningStrategy extends KindStrategy {

    private final Warnings warnings;

    /** What there is to warn of; {@code current} is null on create. */
    @FunctionalInterface
    interface Warnings {
        List<String> of(Field next, @Nullable Field current);
    }

    WarningStrategy(Traits traits, Warnings warnings) {
        super(traits);
        this.warnings = warnings;
    }

    @Override
    public List<String> warnings(ObjectNode object, @Nullable ObjectNode current, Context context) {
        return context.subresource().isEmpty()
                ? warnings.of(Field.root(object), current == null ? null : Field.root(current))
                : List.of();
    }
}
