package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupResource;
import java.util.Map;

/** Which strategy serves which resource; a resource without one of its own gets the {@link GenericStrategy}. */
public final class StrategyRegistry {

    private final Map<GroupResource, ResourceStrategy> strategies;
    private final ResourceStrategy fallback = new GenericStrategy();

    public StrategyRegistry(Map<GroupResource, ? extends ResourceStrategy> strategies) {
        this.strategies = Map.copyOf(strategies);
    }

    public ResourceStrategy of(GroupResource resource) {
        ResourceStrategy own = strategies.get(resource);
        return own == null ? fallback : own;
    }
}
