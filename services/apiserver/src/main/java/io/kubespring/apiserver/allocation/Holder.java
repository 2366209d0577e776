package io.kubespring.apiserver.allocation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Service that an address or a port was given to, as {@code spec.parentRef} says it. */
public record Holder(String namespace, String name) {

    private static final String RESOURCE = "services";

    /** The holder of a Service's claims. */
    public static Holder ofService(JsonNode service) {
        JsonNode metadata = service.path("metadata");
        return new Holder(
                metadata.path("namespace").asString(""), metadata.path("name").asString(""));
    }

    /** Null where the parent is no Service. */
    static @Nullable Holder of(JsonNode record) {
        JsonNode parent = record.path("spec").path("parentRef");
        boolean service = parent.path("group").asString("").isEmpty()
                && parent.path("resource").asString("").equals(RESOURCE);
        return service
                ? new Holder(
                        parent.path("namespace").asString(""),
                        parent.path("name").asString(""))
                : null;
    }

    void writeTo(ObjectNode record) {
        record.withObjectProperty("spec")
                .putObject("parentRef")
                .put("resource", RESOURCE)
                .put("namespace", namespace)
                .put("name", name);
    }
}
