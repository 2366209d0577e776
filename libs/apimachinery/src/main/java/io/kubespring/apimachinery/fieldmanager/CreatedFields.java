package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the creator of an object owns. Objects are mostly made from templates, so their creators own the same: the answers
 * given lately are kept by the objects' {@link Outline}, in a small lossy table.
 */
final class CreatedFields {

    private static final int SLOTS = 256;
    private static final AtomicReferenceArray<@Nullable Known> KNOWN = new AtomicReferenceArray<>(SLOTS);

    private record Known(Schema schema, FieldSet reset, Outline outline, FieldSet fields) {
        boolean fits(ObjectNode created, Schema of, FieldSet withReset) {
            return schema == of && reset.equals(withReset) && outline.fits(created, of);
        }
    }

    private CreatedFields() {}

    /** @param reset what the endpoint ignores */
    static FieldSet of(ObjectNode created, Schema schema, FieldSet reset) {
        int slot = slot(created, schema);
        Known known = KNOWN.get(slot);
        if (known != null && known.fits(created, schema, reset)) {
            return known.fields();
        }
        FieldSet fields = Comparison.of(Json.object(), created, schema)
                .recursiveDifference(reset)
                .select(Comparison.ADDED | Comparison.MODIFIED);
        Outline outline = Outline.of(created, schema);
        if (outline != null) {
            KNOWN.set(slot, new Known(schema, reset, outline, fields));
        }
        return fields;
    }

    /** Objects of different templates mostly differ in one of these counts. */
    private static int slot(ObjectNode created, Schema schema) {
        JsonNode metadata = created.path("metadata");
        JsonNode spec = created.path("spec");
        JsonNode containers = spec.path("containers");
        int hash = schema.name().hashCode();
        for (JsonNode part : new JsonNode[] {
            created, metadata, metadata.path("labels"), spec, spec.path("volumes"), containers, containers.path(0)
        }) {
            hash = hash * 31 + part.size();
        }
        return (hash * 0x9E3779B9) >>> 24;
    }
}
