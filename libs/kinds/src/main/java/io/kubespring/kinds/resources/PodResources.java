package io.kubespring.kinds.resources;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.function.Function;

/**
 * What a whole Pod asks for. Containers run together, so they add up; init containers run one after the other, each
 * beside the sidecars (restartable init containers, KEP-753) that started before it, so the largest such moment counts.
 * Pod-level resources (KEP-2837) take the place of the sum; the runtime's overhead comes on top.
 */
public final class PodResources {

    private static final String RESTARTABLE = "Always";

    private PodResources() {}

    public static ResourceAmounts requests(PodSpec spec) {
        return total(spec, PodResources::requestsOf);
    }

    /** The limit of the whole pod, of those resources that any container limits. */
    public static ResourceAmounts limits(PodSpec spec) {
        return total(spec, PodResources::limitsOf);
    }

    /** A restartable init container, running as long as the Pod does. */
    public static boolean isSidecar(Container initContainer) {
        return RESTARTABLE.equals(initContainer.getRestartPolicy());
    }

    private static ResourceAmounts total(PodSpec spec, Function<ResourceRequirements, ResourceAmounts> part) {
        ResourceAmounts running = ResourceAmounts.NONE;
        for (Container each : spec.getContainers()) {
            running = running.plus(of(each, part));
        }
        ResourceAmounts sidecars = ResourceAmounts.NONE;
        ResourceAmounts starting = ResourceAmounts.NONE;
        for (Container each : spec.getInitContainers()) {
            ResourceAmounts own = of(each, part);
            if (isSidecar(each)) {
                sidecars = sidecars.plus(own);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.plus(own));
            }
        }
        ResourceAmounts total = running.plus(sidecars).max(starting);
        if (spec.getResources() != null) {
            total = total.overriddenBy(part.apply(spec.getResources()));
        }
        return total.plus(ResourceAmounts.of(spec.getOverhead()));
    }

    private static ResourceAmounts of(Container container, Function<ResourceRequirements, ResourceAmounts> part) {
        return container.getResources() == null ? ResourceAmounts.NONE : part.apply(container.getResources());
    }

    private static ResourceAmounts requestsOf(ResourceRequirements resources) {
        return ResourceAmounts.of(resources.getRequests());
    }

    private static ResourceAmounts limitsOf(ResourceRequirements resources) {
        return ResourceAmounts.of(resources.getLimits());
    }
}
