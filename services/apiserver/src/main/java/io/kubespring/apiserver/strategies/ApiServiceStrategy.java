package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** APIServices: what this server serves itself is available from the start; whoever writes the status writes nothing else. */
final class ApiServiceStrategy extends KindStrategy {

    private static final List<String> METADATA = List.of("labels", "annotations", "finalizers", "ownerReferences");

    ApiServiceStrategy() {
        super(Traits.PLAIN.withConditionalUpdate());
    }

    @Override
    public void prepareForCreate(ObjectNode service, Context context) {
        super.prepareForCreate(service, context);
        if (!service.path("spec").path("service").isObject()) {
            service.putObject("status")
                    .putArray("conditions")
                    .addObject()
                    .put("type", "Available")
                    .put("status", "True")
                    .put(
                            "lastTransitionTime",
                            context.now().truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("reason", "Local")
                    .put("message", "Local APIServices are always available");
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        if (context.subresource().equals("status") && current.get("metadata") instanceof ObjectNode before) {
            METADATA.forEach(each -> keep(each, metadata(next), before));
        }
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return subresource.equals("status") ? Set.of("spec", "metadata") : super.resetFields(subresource);
    }
}
