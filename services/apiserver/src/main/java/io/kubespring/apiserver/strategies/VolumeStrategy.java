package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.StorageWarnings;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** PersistentVolumes: pending until a controller takes them on; the server writes down when their phase changed last. */
final class VolumeStrategy extends KindStrategy {

    private static final String SINCE = "lastPhaseTransitionTime";

    VolumeStrategy() {
        super(Traits.PLAIN.withDeletedObject());
    }

    @Override
    public void prepareForCreate(ObjectNode volume, Context context) {
        super.prepareForCreate(volume, context);
        volume.putObject("status")
                .put("phase", "Pending")
                .put(SINCE, context.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        if (!context.subresource().equals("status") || !(next.get("status") instanceof ObjectNode status)) {
            return;
        }
        JsonNode before = current.path("status");
        boolean moved = !status.path("phase").equals(before.path("phase"));
        boolean unsaid = !status.hasNonNull(SINCE);
        if (moved && (unsaid || status.path(SINCE).equals(before.path(SINCE)))) {
            status.put(SINCE, context.now().truncatedTo(ChronoUnit.SECONDS).toString());
        } else if (!moved && unsaid && before.hasNonNull(SINCE)) {
            status.set(SINCE, before.get(SINCE));
        }
    }

    @Override
    public List<String> warnings(ObjectNode volume, @Nullable ObjectNode current, Context context) {
        return context.subresource().isEmpty() ? StorageWarnings.volume(Field.root(volume)) : List.of();
    }
}
