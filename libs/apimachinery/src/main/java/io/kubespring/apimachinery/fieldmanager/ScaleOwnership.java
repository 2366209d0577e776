package io.kubespring.apimachinery.fieldmanager;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ownership of {@code spec.replicas} seen through the {@code scale} subresource: a Scale shows who owns the replicas of
 * its object, and who changes them there comes to own them in the object.
 */
public final class ScaleOwnership {

    private static final FieldPath REPLICAS = FieldPath.of("spec", "replicas");
    private static final FieldSet OWNED = FieldSet.of(java.util.List.of(REPLICAS));

    /** An entry that a Scale brings to its object is new there, and upstream takes times from the object only. */
    private static final String NO_TIME = "";

    private ScaleOwnership() {}

    /** Gives a Scale the managedFields that it has as a view of {@code object}. */
    public static void show(ObjectNode object, ObjectNode scale) {
        ManagedFields shown = ManagedFields.empty();
        String apiVersion = scale.path("apiVersion").asString("");
        for (ManagedEntry entry : ManagedFields.stored(managedFields(object)).entries()) {
            if (entry.fields().contains(REPLICAS)) {
                shown.put(ManagedEntry.of(in(entry.manager(), apiVersion), entry.time(), OWNED));
            }
        }
        shown.writeTo(scale);
    }

    /** Gives an object the ownership that a changed Scale of it has; who lost the replicas keeps the rest. */
    public static void carryOver(ObjectNode scale, ObjectNode object) {
        String apiVersion = object.path("apiVersion").asString("");
        ManagedFields ofScale = ManagedFields.stored(managedFields(scale));
        ManagedFields ofObject = ManagedFields.stored(managedFields(object));
        ManagedFields result = ManagedFields.empty();
        for (ManagedEntry entry : ofObject.entries()) {
            boolean stolen = entry.fields().contains(REPLICAS)
                    && !owns(
                            ofScale,
                            in(entry.manager(), scale.path("apiVersion").asString("")));
            result.put(stolen ? entry.withFields(entry.fields().difference(OWNED)) : entry);
        }
        for (ManagedEntry entry : ofScale.entries()) {
            ManagerInfo manager = in(entry.manager(), apiVersion);
            if (entry.fields().contains(REPLICAS) && !owns(ofObject, manager)) {
                result.put(ManagedEntry.of(manager, NO_TIME, OWNED));
            }
        }
        result.dropEmpty();
        result.writeTo(object);
    }

    private static boolean owns(ManagedFields managed, ManagerInfo manager) {
        ManagedEntry entry = managed.find(manager);
        return entry != null && entry.fields().contains(REPLICAS);
    }

    private static ManagerInfo in(ManagerInfo manager, String apiVersion) {
        return new ManagerInfo(manager.name(), manager.operation(), apiVersion, manager.subresource());
    }

    private static @Nullable JsonNode managedFields(ObjectNode object) {
        return object.path("metadata").get("managedFields");
    }
}
