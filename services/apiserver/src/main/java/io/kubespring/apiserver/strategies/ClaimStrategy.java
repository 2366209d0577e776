package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.warnings.StorageWarnings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * PersistentVolumeClaims: pending until a controller binds them. What one starts with (KEP 1495) stands in two fields that say
 * the same: the old one is ignored where it names something else than a claim or a snapshot. References into other
 * namespaces are not served.
 */
final class ClaimStrategy extends KindStrategy {

    private static final List<String> REFERENCE = List.of("apiGroup", "kind", "name");

    ClaimStrategy() {
        super(Traits.PLAIN.withDeletedObject());
    }

    @Override
    public void prepareForCreate(ObjectNode claim, Context context) {
        super.prepareForCreate(claim, context);
        claim.putObject("status").put("phase", "Pending");
        if (claim.get("spec") instanceof ObjectNode spec) {
            sources(spec, false, false);
            alike(spec);
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        if (context.subresource().isEmpty() && next.get("spec") instanceof ObjectNode spec) {
            JsonNode before = current.path("spec");
            boolean referred = before.hasNonNull("dataSourceRef");
            sources(spec, before.hasNonNull("dataSource") || referred, referred);
            // Clients that do not know the newer field leave it out.
            if (referred
                    && !spec.hasNonNull("dataSourceRef")
                    && Semantics.equal(spec.path("dataSource"), before.path("dataSource"))) {
                spec.set("dataSourceRef", before.get("dataSourceRef").deepCopy());
            }
        }
    }

    private static void sources(ObjectNode spec, boolean had, boolean referred) {
        if (!referred
                && !spec.path("dataSourceRef").path("namespace").asString("").isEmpty()) {
            spec.remove("dataSourceRef");
        }
        if (!had && !spec.hasNonNull("dataSourceRef") && !isClassic(spec.path("dataSource"))) {
            spec.remove("dataSource");
        }
    }

    private static boolean isClassic(JsonNode source) {
        String group = source.path("apiGroup").asString("");
        String kind = source.path("kind").asString("");
        return kind.equals("PersistentVolumeClaim") && group.isEmpty()
                || kind.equals("VolumeSnapshot") && group.equals("snapshot.storage.k8s.io");
    }

    private static void alike(ObjectNode spec) {
        if (spec.hasNonNull("dataSource") && !spec.hasNonNull("dataSourceRef")) {
            copy(spec.path("dataSource"), spec.putObject("dataSourceRef"));
        } else if (spec.hasNonNull("dataSourceRef") && !spec.hasNonNull("dataSource")) {
            copy(spec.path("dataSourceRef"), spec.putObject("dataSource"));
        }
    }

    private static void copy(JsonNode from, ObjectNode to) {
        REFERENCE.stream().filter(from::hasNonNull).forEach(each -> to.set(each, from.get(each)));
    }

    @Override
    public List<String> warnings(ObjectNode claim, @Nullable ObjectNode current, Context context) {
        return context.subresource().isEmpty() ? StorageWarnings.claim(Field.root(claim)) : List.of();
    }
}
