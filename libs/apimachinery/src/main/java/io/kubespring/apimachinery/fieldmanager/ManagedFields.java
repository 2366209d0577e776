package io.kubespring.apimachinery.fieldmanager;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All entries of an object's managedFields while a write changes them. Not safe for threads. */
final class ManagedFields {

    private static final int MAX_UPDATE_MANAGERS = 10;
    private static final String ANCIENT_CHANGES = "ancient-changes";
    private static final Comparator<ManagedEntry> ORDER = Comparator.<ManagedEntry, String>comparing(
                    entry -> entry.manager().operation())
            .thenComparing(ManagedEntry::time)
            .thenComparing(entry -> entry.manager().name())
            .thenComparing(entry -> entry.manager().apiVersion())
            .thenComparing(entry -> entry.manager().subresource());

    private final List<ManagedEntry> entries;

    private ManagedFields(List<ManagedEntry> entries) {
        this.entries = entries;
    }

    static ManagedFields empty() {
        return new ManagedFields(new ArrayList<>());
    }

    /** What the store holds, which is canonical; empty if nothing is. */
    static ManagedFields stored(@Nullable JsonNode encoded) {
        var managed = empty();
        if (encoded instanceof ArrayNode list) {
            list.forEach(entry -> managed.entries.add(ManagedEntry.decode(entry, true)));
        }
        return managed;
    }

    /** What a client sent; null if it is not valid. */
    static @Nullable ManagedFields received(JsonNode encoded) {
        var managed = empty();
        try {
            for (JsonNode each : encoded) {
                ManagedEntry entry = ManagedEntry.decode(each, false);
                managed.entries.removeIf(same -> same.isOf(entry.manager()));
                managed.entries.add(entry);
            }
        } catch (IllegalArgumentException invalid) {
            return null;
        }
        return managed;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<ManagedEntry> entries() {
        return entries;
    }

    @Nullable
    ManagedEntry find(ManagerInfo manager) {
        for (ManagedEntry entry : entries) {
            if (entry.isOf(manager)) {
                return entry;
            }
        }
        return null;
    }

    /** Puts an entry in the place of the same manager's, if there is one. */
    void put(ManagedEntry entry) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).isOf(entry.manager())) {
                entries.set(i, entry);
                return;
            }
        }
        entries.add(entry);
    }

    /**
     * Takes what changed away from every manager but {@code except}. Who owns fields in a version that nobody serves is
     * dropped.
     */
    void release(VersionedChanges changes, @Nullable ManagerInfo except) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            ManagedEntry entry = entries.get(i);
            if (except != null && entry.isOf(except)) {
                continue;
            }
            FieldSet paths = changes.in(entry.manager().apiVersion());
            if (paths == null) {
                entries.remove(i);
            } else if (entry.ownsAny(paths)) {
                entries.set(i, entry.withFields(entry.fields().difference(paths)));
            }
        }
    }

    /** Whether the changes only modify what this entry owns and no other does, so that nobody's fields change. */
    boolean ownsAlone(ManagedEntry owner, VersionedChanges changes) {
        FieldSet own = changes.own();
        if (!own.select(Comparison.ADDED | Comparison.REMOVED).isEmpty() || !owner.ownsAll(own)) {
            return false;
        }
        for (ManagedEntry entry : entries) {
            FieldSet paths = changes.in(entry.manager().apiVersion());
            if (entry != owner && (paths == null || entry.ownsAny(paths))) {
                return false;
            }
        }
        return true;
    }

    void dropEmpty() {
        entries.removeIf(ManagedEntry::isEmpty);
    }

    /** What anybody owns. */
    FieldSet all() {
        FieldSet all = FieldSet.EMPTY;
        for (ManagedEntry entry : entries) {
            all = all.union(entry.fields());
        }
        return all;
    }

    /** What anybody owns in one version. */
    FieldSet allIn(String apiVersion) {
        FieldSet all = FieldSet.EMPTY;
        for (ManagedEntry entry : entries) {
            if (entry.manager().apiVersion().equals(apiVersion)) {
                all = all.union(entry.fields());
            }
        }
        return all;
    }

    /** The versions that fields are owned in. */
    Set<String> versions() {
        Set<String> versions = new LinkedHashSet<>();
        entries.forEach(entry -> versions.add(entry.manager().apiVersion()));
        return versions;
    }

    /** Merges the oldest updaters, version by version, until no more than ten are left. */
    void cap() {
        var updaters = new ArrayList<ManagedEntry>();
        for (ManagedEntry entry : entries) {
            if (!entry.manager().applied()) {
                updaters.add(entry);
            }
        }
        int left = updaters.size();
        if (left <= MAX_UPDATE_MANAGERS) {
            return;
        }
        updaters.sort(Comparator.comparing(ManagedEntry::time)
                .thenComparing(entry -> ManagedEntry.identifier(entry.manager())));
        Map<String, ManagedEntry> firstOfVersion = new HashMap<>();
        for (int i = 0; i < updaters.size() && left > MAX_UPDATE_MANAGERS; i++) {
            ManagedEntry entry = updaters.get(i);
            String version = entry.manager().apiVersion();
            ManagedEntry first = firstOfVersion.putIfAbsent(version, entry);
            if (first == null) {
                continue;
            }
            var bucket = new ManagerInfo(ANCIENT_CHANGES, ManagerInfo.UPDATE, version, "");
            ManagedEntry older = find(bucket);
            if (older == null) {
                older = first;
                entries.remove(first);
            }
            entries.remove(entry);
            put(ManagedEntry.of(bucket, entry.time(), older.fields().union(entry.fields())));
            left--;
        }
    }

    /** Writes the entries into an object, in upstream's order; the field vanishes if there are none. */
    void writeTo(ObjectNode object) {
        if (entries.isEmpty()) {
            if (object.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
            return;
        }
        entries.sort(ORDER);
        ArrayNode list = JsonNodeFactory.instance.arrayNode(entries.size());
        entries.forEach(entry -> list.add(entry.encode()));
        ObjectNode metadata =
                object.get("metadata") instanceof ObjectNode present ? present : object.putObject("metadata");
        metadata.set("managedFields", list);
    }
}
