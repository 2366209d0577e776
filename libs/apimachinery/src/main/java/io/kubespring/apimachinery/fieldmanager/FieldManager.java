package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps metadata.managedFields (KEP-555): who owns which field of an object, by what its writers changed (update) or
 * state as theirs (apply).
 *
 * <p>An update never fails on ownership: who changes a field takes it. An apply that changes another manager's field is
 * refused unless forced, shares fields on whose value it agrees, and removes what it stated before, states no longer and
 * nobody else owns.
 */
public final class FieldManager {

    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    private FieldManager() {}

    /**
     * Ownership after a create, replace or patch.
     *
     * @param live the stored object in the request's version, or null for a create; never changed
     * @param next what will be stored; its managedFields are set in place
     * @param resetFields what this endpoint ignores ("status" on the object itself)
     * @return {@code next}
     */
    public static ObjectNode update(
            Schema schema,
            @Nullable ObjectNode live,
            ObjectNode next,
            ManagerInfo manager,
            Set<FieldPath> resetFields,
            Instant now) {
        return update(schema, live, next, manager, resetFields, now, OtherVersions.NONE);
    }

    /** The same of a kind that is served in several versions. */
    public static ObjectNode update(
            Schema schema,
            @Nullable ObjectNode live,
            ObjectNode next,
            ManagerInfo manager,
            Set<FieldPath> resetFields,
            Instant now,
            OtherVersions versions) {
        JsonNode stored = managedFieldsOf(live);
        ManagedFields managed = managedBefore(stored, managedFieldsOf(next), manager);
        if (managed.isEmpty() && live != null && live.path("metadata").has("uid")) {
            // Nobody tracked it until now, so whose field is whose is not known: only an apply starts that.
            managed.writeTo(next);
            return next;
        }
        FieldSet reset = FieldSet.of(resetFields);
        if (managed.isEmpty() && live == null) {
            managed.put(ManagedEntry.of(manager, ManagedEntry.timeOf(now), CreatedFields.of(next, schema, reset)));
            managed.dropEmpty();
        } else {
            ObjectNode before = live == null ? Json.object() : live;
            takeOver(managed, changes(schema, before, next, manager, reset, versions), manager, now);
        }
        managed.writeTo(next);
        return next;
    }

    /** What the write starts from: the client's own managedFields if it may send them and they are valid. */
    private static ManagedFields managedBefore(
            @Nullable JsonNode stored, @Nullable JsonNode sent, ManagerInfo manager) {
        if (sent == null || sent.isNull() || !manager.subresource().isEmpty()) {
            return ManagedFields.stored(stored);
        }
        if (isReset(sent)) {
            return ManagedFields.empty();
        }
        if (stored != null && Values.same(stored, sent)) {
            return ManagedFields.stored(stored);
        }
        ManagedFields received = ManagedFields.received(sent);
        return received == null || received.isEmpty() ? ManagedFields.stored(stored) : received;
    }

    /** An empty list or a list of one empty entry asks to forget all owners. */
    private static boolean isReset(JsonNode sent) {
        return sent.isArray()
                && (sent.isEmpty()
                        || sent.size() == 1
                                && sent.get(0).isObject()
                                && sent.get(0).isEmpty());
    }

    private static VersionedChanges changes(
            Schema schema,
            ObjectNode before,
            ObjectNode after,
            ManagerInfo manager,
            FieldSet reset,
            OtherVersions versions) {
        FieldSet own = Comparison.of(before, after, schema).recursiveDifference(reset);
        return new VersionedChanges(manager.apiVersion(), own, before, after, reset, versions);
    }

    private static void takeOver(ManagedFields managed, VersionedChanges changes, ManagerInfo manager, Instant now) {
        FieldSet own = changes.own();
        if (own.isEmpty()) {
            return;
        }
        ManagedEntry owner = managed.find(manager);
        if (owner != null && managed.ownsAlone(owner, changes)) {
            managed.put(owner.at(ManagedEntry.timeOf(now)));
            return;
        }
        managed.release(changes, null);
        FieldSet taken = own.select(Comparison.ADDED | Comparison.MODIFIED);
        if (!taken.isEmpty()) {
            ManagedEntry previous = managed.find(manager);
            FieldSet fields = previous == null ? taken : previous.fields().union(taken);
            managed.put(ManagedEntry.of(manager, ManagedEntry.timeOf(now), fields));
        }
        managed.dropEmpty();
        managed.cap();
    }

    /**
     * Server-side apply.
     *
     * @param live the stored object in the request's version, or null if there is none; never changed
     * @param applied the raw configuration, neither defaulted nor pruned; never changed
     * @return the merged object, a new tree
     * @throws StatusException 409 with all conflicts, unless forced; 500 if the configuration does not fit the schema
     */
    public static ObjectNode apply(
            Schema schema,
            @Nullable ObjectNode live,
            ObjectNode applied,
            ManagerInfo manager,
            boolean force,
            Set<FieldPath> resetFields,
            Instant now) {
        return apply(schema, live, applied, manager, force, resetFields, now, OtherVersions.NONE);
    }

    /** The same of a kind that is served in several versions. */
    public static ObjectNode apply(
            Schema schema,
            @Nullable ObjectNode live,
            ObjectNode applied,
            ManagerInfo manager,
            boolean force,
            Set<FieldPath> resetFields,
            Instant now,
            OtherVersions versions) {
        checkApplied(schema, applied, manager);
        ObjectNode base = live == null ? Json.object() : live;
        ManagedFields managed = ManagedFields.stored(managedFieldsOf(live));
        FieldSet reset = FieldSet.of(resetFields);
        if (managed.isEmpty()) {
            var before = new ManagerInfo(
                    BEFORE_FIRST_APPLY, ManagerInfo.UPDATE, manager.apiVersion(), manager.subresource());
            takeOver(managed, changes(schema, Json.object(), base, before, reset, versions), before, now);
        }

        ManagedEntry last = managed.find(manager);
        FieldSet stated = OwnedFields.of(applied, schema).recursiveDifference(reset);
        managed.put(ManagedEntry.of(manager, last == null ? "" : last.time(), stated));
        ObjectNode next = Merge.of(base, applied, schema);
        if (last != null && !last.fields().difference(stated).isEmpty()) {
            next = new VersionedPruning(versions, managed, manager).prune(next, last, schema);
        }

        VersionedChanges changes = changes(schema, base, next, manager, reset, versions);
        if (!force) {
            refuseConflicts(conflicts(managed, changes, manager), base, schema, manager);
        }
        managed.release(changes, manager);
        boolean changed = !Values.same(base, next);
        // Who only comes to share what is there already changed nothing at any time.
        String time = changed ? ManagedEntry.timeOf(now) : last == null ? "" : last.time();
        managed.put(ManagedEntry.of(manager, time, SystemFields.strip(stated)));
        managed.dropEmpty();
        managed.cap();
        if (LastApplied.concerns(manager)) {
            LastApplied.refresh(next, applied);
        }
        managed.writeTo(next);
        return next;
    }

    private static void checkApplied(Schema schema, ObjectNode applied, ManagerInfo manager) {
        String version = applied.path("apiVersion").asString("");
        if (!version.equals(manager.apiVersion())) {
            throw StatusException.badRequest("Incorrect version specified in apply patch. Specified patch version: "
                    + version + ", expected: " + manager.apiVersion());
        }
        JsonNode managedFields = managedFieldsOf(applied);
        if (managedFields != null && !managedFields.isNull()) {
            throw StatusException.badRequest("metadata.managedFields must be nil");
        }
        AppliedCheck.check(applied, schema);
    }

    private static List<Conflict> conflicts(ManagedFields managed, VersionedChanges changes, ManagerInfo manager) {
        var conflicts = new ArrayList<Conflict>(0);
        for (ManagedEntry entry : managed.entries()) {
            FieldSet changed = changes.in(entry.manager().apiVersion());
            if (changed == null || entry.isOf(manager)) {
                continue;
            }
            FieldSet touched = changed.select(Comparison.ADDED | Comparison.MODIFIED);
            if (entry.ownsAny(touched)) {
                entry.fields()
                        .intersection(touched)
                        .forEach(path -> conflicts.add(new Conflict(entry.manager(), path)));
            }
        }
        return conflicts;
    }

    private static void refuseConflicts(List<Conflict> conflicts, ObjectNode live, Schema schema, ManagerInfo manager) {
        if (!conflicts.isEmpty() && LastApplied.concerns(manager)) {
            FieldSet own = LastApplied.stillAsApplied(live, schema, manager.apiVersion());
            conflicts.removeIf(conflict -> own.contains(conflict.path()));
        }
        if (!conflicts.isEmpty()) {
            throw Conflict.refuse(conflicts);
        }
    }

    private static @Nullable JsonNode managedFieldsOf(@Nullable ObjectNode object) {
        return object == null ? null : object.path("metadata").get("managedFields");
    }
}
