package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import tools.jackson.databind.node.ObjectNode;

/** {@link Pruning} of an object whose owners, or whose applier's last configuration, speak another version. */
final class VersionedPruning {

    private final OtherVersions versions;
    private final ManagedFields managed;
    private final ManagerInfo manager;

    VersionedPruning(OtherVersions versions, ManagedFields managed, ManagerInfo manager) {
        this.versions = versions;
        this.managed = managed;
        this.manager = manager;
    }

    /** @param last of the applier, in whatever version it was */
    ObjectNode prune(ObjectNode merged, ManagedEntry last, Schema schema) {
        String current = manager.apiVersion();
        String version = last.manager().apiVersion();
        if (version.equals(current) && managed.versions().stream().allMatch(current::equals)) {
            return Pruning.prune(merged, last.fields(), managed.all(), schema);
        }
        OtherVersions.Version of = versions.of(version);
        OtherVersions.Version back = versions.of(current);
        if (of == null || back == null) {
            return merged;
        }
        ObjectNode pruned =
                back.convert(Pruning.prune(of.convert(merged), last.fields(), managed.allIn(version), of.schema()));
        for (String other : managed.versions()) {
            if (!other.equals(version)) {
                pruned = giveBack(merged, pruned, other, back);
            }
        }
        return pruned;
    }

    /** Puts back what was pruned but is owned in another version. */
    private ObjectNode giveBack(ObjectNode merged, ObjectNode pruned, String version, OtherVersions.Version back) {
        OtherVersions.Version of = versions.of(version);
        if (of == null) {
            return pruned;
        }
        ObjectNode whole = of.convert(merged);
        FieldSet gone = Comparison.of(whole, of.convert(pruned), of.schema()).select(Comparison.REMOVED);
        return gone.isEmpty() ? pruned : back.convert(Pruning.prune(whole, gone, managed.allIn(version), of.schema()));
    }
}
