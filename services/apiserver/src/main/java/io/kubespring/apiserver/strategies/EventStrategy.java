package io.kubespring.apiserver.strategies;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Events: kept for a while only ({@code --event-ttl}). */
final class EventStrategy extends KindStrategy {

    private final Duration timeToLive;

    EventStrategy(Duration timeToLive) {
        super(Traits.PLAIN.withCreateOnUpdate().withoutDependents());
        this.timeToLive = timeToLive;
    }

    @Override
    public Duration timeToLive(ObjectNode event) {
        return timeToLive;
    }
}
