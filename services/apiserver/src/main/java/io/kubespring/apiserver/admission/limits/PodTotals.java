package io.kubespring.apiserver.admission.limits;

import tools.jackson.databind.JsonNode;

/**
 * What a pod asks for in all: its containers and sidecars together, or, where that is more, the most that one init
 * container asks for while the sidecars before it run.
 */
final class PodTotals {

    private PodTotals() {}

    /** @param kind "requests" or "limits" */
    static Quantities of(JsonNode podSpec, String kind) {
        Quantities running = Quantities.NONE;
        for (JsonNode container : podSpec.path("containers")) {
            running = running.plus(of(container.path("resources").path(kind)));
        }
        Quantities sidecars = Quantities.NONE;
        Quantities starting = Quantities.NONE;
        for (JsonNode container : podSpec.path("initContainers")) {
            Quantities own = of(container.path("resources").path(kind));
            if (container.path("restartPolicy").asString("").equals("Always")) {
                sidecars = sidecars.plus(own);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.plus(own));
            }
        }
        Quantities total = running.plus(sidecars).max(starting);
        // Resources of the pod as a whole come before the sum of its containers.
        return of(podSpec.path("resources").path(kind)).withDefaults(total);
    }

    private static Quantities of(JsonNode list) {
        return Quantities.of(list);
    }
}
