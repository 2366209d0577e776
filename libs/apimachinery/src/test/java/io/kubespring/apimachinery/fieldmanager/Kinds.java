package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Schemas, objects and shorthands that the tests of this package share. */
final class Kinds {

    static final Schema DEPLOYMENT = schema("apps/v1", "Deployment");
    static final Schema POD = schema("v1", "Pod");
    static final Schema SERVICE = schema("v1", "Service");
    static final Schema CONFIG_MAP = schema("v1", "ConfigMap");

    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant T1 = Instant.parse("2026-01-01T00:01:00Z");

    private Kinds() {}

    static Schema schema(String apiVersion, String kind) {
        return Objects.requireNonNull(Catalog.builtIn().byKind(GroupVersionKind.of(apiVersion, kind)))
                .schema();
    }

    /** JSON with single quotes. */
    static ObjectNode json(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }

    static String text(@Nullable Object node) {
        return String.valueOf(node).replace('"', '\'');
    }

    static ManagerInfo updater(String name, String apiVersion) {
        return new ManagerInfo(name, ManagerInfo.UPDATE, apiVersion, "");
    }

    static ManagerInfo applier(String name, String apiVersion) {
        return new ManagerInfo(name, ManagerInfo.APPLY, apiVersion, "");
    }

    static ObjectNode configMap(String data) {
        return json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','namespace':'default'},'data':" + data
                + "}");
    }

    /** As if it had been stored: with a uid. */
    static ObjectNode stored(ObjectNode object) {
        ((ObjectNode) object.get("metadata")).put("uid", "u");
        return object;
    }

    static ObjectNode update(Schema schema, @Nullable ObjectNode live, ObjectNode next, String manager, Instant now) {
        String version = next.get("apiVersion").stringValue();
        if (live != null) {
            ((ObjectNode) next.get("metadata")).put("uid", "u");
        }
        return stored(FieldManager.update(schema, live, next, updater(manager, version), Set.of(), now));
    }

    static ObjectNode apply(
            Schema schema, @Nullable ObjectNode live, ObjectNode applied, String manager, boolean force, Instant now) {
        String version = applied.get("apiVersion").stringValue();
        return stored(FieldManager.apply(schema, live, applied, applier(manager, version), force, Set.of(), now));
    }

    /** The fieldsV1 of a manager's entry, or "null". */
    static String fieldsOf(ObjectNode object, String manager) {
        for (var entry : object.path("metadata").path("managedFields")) {
            if (entry.path("manager").asString("").equals(manager)) {
                return text(entry.get("fieldsV1"));
            }
        }
        return "null";
    }
}
