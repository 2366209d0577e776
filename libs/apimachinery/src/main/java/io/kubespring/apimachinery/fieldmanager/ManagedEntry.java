package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of managedFields. What came from the store is canonical and stays encoded until its fields are needed,
 * which for most entries of most writes is never. Immutable to its users.
 */
final class ManagedEntry {

    /** The second that was written last: most writes fall into the same. */
    private static volatile Second latest = new Second(0, Instant.EPOCH.toString());

    private final ManagerInfo manager;
    private final String time;
    private final @Nullable ObjectNode encoded;
    private @Nullable FieldSet fields;

    private ManagedEntry(ManagerInfo manager, String time, @Nullable ObjectNode encoded, @Nullable FieldSet fields) {
        this.manager = manager;
        this.time = time;
        this.encoded = encoded;
        this.fields = fields;
    }

    static ManagedEntry of(ManagerInfo manager, String time, FieldSet fields) {
        return new ManagedEntry(manager, time, null, fields);
    }

    /** Times are kept to the second. */
    static String timeOf(Instant now) {
        Second second = latest;
        if (second.epoch() != now.getEpochSecond()) {
            second = new Second(
                    now.getEpochSecond(), now.truncatedTo(ChronoUnit.SECONDS).toString());
            latest = second;
        }
        return second.text();
    }

    private record Second(long epoch, String text) {}

    /**
     * Reads an entry.
     *
     * @param canonical whether we wrote it ourselves; else everything is checked and normalised
     * @throws IllegalArgumentException if it is not valid
     */
    static ManagedEntry decode(JsonNode entry, boolean canonical) {
        String operation = entry.path("operation").asString("");
        String apiVersion = entry.path("apiVersion").asString("");
        JsonNode fields = entry.path("fieldsV1");
        var manager = new ManagerInfo(
                entry.path("manager").asString(""),
                operation,
                apiVersion,
                entry.path("subresource").asString(""));
        String time = entry.path("time").asString("");
        if (canonical) {
            return new ManagedEntry(manager, time, (ObjectNode) entry, null);
        }
        if (!operation.equals(ManagerInfo.APPLY) && !operation.equals(ManagerInfo.UPDATE)) {
            throw new IllegalArgumentException("operation must be `Apply` or `Update`");
        }
        if (apiVersion.isEmpty()) {
            throw new IllegalArgumentException("apiVersion must not be empty");
        }
        if (!entry.path("fieldsType").asString("").equals("FieldsV1")) {
            throw new IllegalArgumentException("invalid fieldsType");
        }
        return of(manager, normal(time), fields.isObject() ? FieldsV1.decode(fields) : FieldSet.EMPTY);
    }

    private static String normal(String time) {
        if (time.isEmpty()) {
            return "";
        }
        try {
            return timeOf(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("malformed time: " + time);
        }
    }

    ManagerInfo manager() {
        return manager;
    }

    /** RFC 3339 in UTC, or empty. Two of them compare as their text does. */
    String time() {
        return time;
    }

    FieldSet fields() {
        FieldSet decoded = fields;
        if (decoded == null) {
            decoded = encoded == null ? FieldSet.EMPTY : FieldsV1.decode(encoded.path("fieldsV1"));
            fields = decoded;
        }
        return decoded;
    }

    boolean isEmpty() {
        return encoded != null ? encoded.path("fieldsV1").isEmpty() : fields().isEmpty();
    }

    /** Whether it owns any path of the set. */
    boolean ownsAny(FieldSet paths) {
        return encoded != null
                ? FieldsV1.intersects(encoded.path("fieldsV1"), paths)
                : !fields().intersection(paths).isEmpty();
    }

    /** Whether it owns every path of the set. */
    boolean ownsAll(FieldSet paths) {
        return encoded != null
                ? FieldsV1.covers(encoded.path("fieldsV1"), paths)
                : paths.difference(fields()).isEmpty();
    }

    /** The same fields at another time. */
    ManagedEntry at(String now) {
        if (now.equals(time) || encoded == null) {
            return now.equals(time) ? this : new ManagedEntry(manager, now, null, fields);
        }
        ObjectNode again = Json.object();
        encoded.properties().forEach(field -> again.set(field.getKey(), field.getValue()));
        return new ManagedEntry(manager, now, again.put("time", now), fields);
    }

    ManagedEntry withFields(FieldSet changed) {
        return new ManagedEntry(manager, time, null, changed);
    }

    /** Whether a write of {@code other} goes into this entry. An applier keeps its entry across API versions. */
    boolean isOf(ManagerInfo other) {
        return manager.name().equals(other.name())
                && manager.operation().equals(other.operation())
                && manager.subresource().equals(other.subresource())
                && (manager.applied() || manager.apiVersion().equals(other.apiVersion()));
    }

    /** The text that upstream sorts managers by. */
    static String identifier(ManagerInfo manager) {
        ObjectNode identifier = Json.object();
        putUnlessEmpty(identifier, "manager", manager.name());
        putUnlessEmpty(identifier, "operation", manager.operation());
        putUnlessEmpty(identifier, "apiVersion", manager.applied() ? "" : manager.apiVersion());
        putUnlessEmpty(identifier, "subresource", manager.subresource());
        return identifier.toString();
    }

    ObjectNode encode() {
        if (encoded != null) {
            return encoded;
        }
        ObjectNode entry = Json.object();
        putUnlessEmpty(entry, "manager", manager.name());
        entry.put("operation", manager.operation());
        entry.put("apiVersion", manager.apiVersion());
        putUnlessEmpty(entry, "time", time);
        entry.put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", FieldsV1.encode(fields()));
        putUnlessEmpty(entry, "subresource", manager.subresource());
        return entry;
    }

    private static void putUnlessEmpty(ObjectNode object, String field, String value) {
        if (!value.isEmpty()) {
            object.put(field, value);
        }
    }
}
