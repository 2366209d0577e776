package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** APIServices: what this server serves itself is available from the start; whoever writes the status writes nothing else. */
final class ApiServiceStrategy extends KindStrategy {

    ApiServiceStrategy() {
        super(Traits.PLAIN.withConditionalUpdate().withStatusAlone());
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
}
