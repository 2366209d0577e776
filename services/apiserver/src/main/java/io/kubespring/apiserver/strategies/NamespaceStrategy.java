package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Namespaces: a new one is Active and carries the {@code kubernetes} finalizer, which holds its deletion back, in the
 * phase Terminating, until the namespace controller has emptied it and writes the {@code finalize} subresource.
 */
final class NamespaceStrategy extends KindStrategy {

    private static final String FINALIZER = "kubernetes";
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    NamespaceStrategy() {
        super(Traits.PLAIN);
    }

    @Override
    public void prepareForCreate(ObjectNode namespace, Context context) {
        super.prepareForCreate(namespace, context);
        namespace.putObject("status").put("phase", "Active");
        ObjectNode spec = object(namespace, "spec");
        ArrayNode finalizers = spec.get("finalizers") instanceof ArrayNode given ? given : spec.putArray("finalizers");
        for (JsonNode each : finalizers) {
            if (each.asString("").equals(FINALIZER)) {
                label(namespace);
                return;
            }
        }
        finalizers.add(FINALIZER);
        label(namespace);
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        if (context.subresource().equals("finalize")) {
            keep("status", next, current);
            // Nothing is left to wait for, and an empty list says nothing.
            if (next.get("spec") instanceof ObjectNode spec
                    && spec.path("finalizers").isEmpty()) {
                spec.remove("finalizers");
            }
        } else {
            keep("spec", next, current);
        }
        label(next);
    }

    @Override
    public boolean holdsDeletion(ObjectNode namespace) {
        return !namespace.path("spec").path("finalizers").isEmpty();
    }

    @Override
    public void prepareForDelete(ObjectNode namespace, Context context) {
        object(namespace, "status").put("phase", "Terminating");
    }

    /** Also for a name that the server made up, which defaulting has not seen. */
    private static void label(ObjectNode namespace) {
        ObjectNode metadata = metadata(namespace);
        object(metadata, "labels").put(NAME_LABEL, metadata.path("name").asString(""));
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode found ? found : parent.putObject(field);
    }
}
