package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** ResourceSlices: the taint of a device says since when it is there. */
final class SliceStrategy extends KindStrategy {

    SliceStrategy() {
        super(Traits.CONTROLLED.withDeletedObject());
    }

    @Override
    public void prepareForCreate(ObjectNode slice, Context context) {
        stampTaints(slice, context);
        super.prepareForCreate(slice, context);
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        stampTaints(next, context);
        super.prepareForUpdate(next, current, context);
    }

    private static void stampTaints(ObjectNode slice, Context context) {
        for (JsonNode device : slice.path("spec").path("devices")) {
            for (JsonNode each : device.path("taints")) {
                if (each instanceof ObjectNode taint && !taint.hasNonNull("timeAdded")) {
                    taint.put(
                            "timeAdded",
                            context.now().truncatedTo(ChronoUnit.SECONDS).toString());
                }
            }
        }
    }
}
