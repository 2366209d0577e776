package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.StorageWarnings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** CSIDrivers: their generation counts changes from none, not from one. */
final class CsiDriverStrategy extends KindStrategy {

    /** Of the feature VolumeLimitScaling, which is off. */
    private static final String ALPHA = "preventPodSchedulingIfMissing";

    CsiDriverStrategy() {
        super(Traits.CONTROLLED.withConditionalUpdate().withDeletedObject());
    }

    @Override
    public void prepareForCreate(ObjectNode driver, Context context) {
        super.prepareForCreate(driver, context);
        metadata(driver).remove("generation");
        dropAlpha(driver);
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        if (!current.path("spec").has(ALPHA)) {
            dropAlpha(next);
        }
        super.prepareForUpdate(next, current, context);
    }

    private static void dropAlpha(ObjectNode driver) {
        if (driver.get("spec") instanceof ObjectNode spec) {
            spec.remove(ALPHA);
        }
    }

    @Override
    public List<String> warnings(ObjectNode driver, @Nullable ObjectNode current, Context context) {
        return StorageWarnings.driver(Field.root(driver), current == null ? null : Field.root(current));
    }
}
