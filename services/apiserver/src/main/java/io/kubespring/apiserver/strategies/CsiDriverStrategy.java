package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.StorageWarnings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** CSIDrivers: their generation counts changes from none, not from one. */
final class CsiDriverStrategy extends KindStrategy {

    CsiDriverStrategy() {
        super(Traits.CONTROLLED.withConditionalUpdate().withDeletedObject());
    }

    @Override
    public void prepareForCreate(ObjectNode driver, Context context) {
        super.prepareForCreate(driver, context);
        metadata(driver).remove("generation");
    }

    @Override
    public List<String> warnings(ObjectNode driver, @Nullable ObjectNode current, Context context) {
        return StorageWarnings.driver(Field.root(driver), current == null ? null : Field.root(current));
    }
}
