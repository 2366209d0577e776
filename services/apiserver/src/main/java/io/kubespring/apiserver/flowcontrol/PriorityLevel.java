package io.kubespring.apiserver.flowcontrol;

import io.kubespring.kinds.flowcontrol.BuiltInFlowControl;
import io.kubespring.kinds.flowcontrol.ShuffleSharding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A PriorityLevelConfiguration, read.
 *
 * @param uid empty for one that is imagined because nobody made it yet
 * @param borrowingLimitPercent null for no limit
 * @param queues 0 for a level that rejects at once
 */
record PriorityLevel(
        String name,
        String uid,
        boolean exempt,
        int shares,
        int lendablePercent,
        @Nullable Integer borrowingLimitPercent,
        int queues,
        int handSize,
        int queueLengthLimit) {

    /** @return null for one that makes no sense, which is treated as if it did not exist */
    static @Nullable PriorityLevel read(ObjectNode tree) {
        String name = tree.path("metadata").path("name").asString("");
        JsonNode spec = tree.path("spec");
        boolean exempt = spec.path("type").asString("").equals("Exempt");
        JsonNode own = spec.path(exempt ? "exempt" : "limited");
        if (!own.isObject() || exempt != name.equals(BuiltInFlowControl.EXEMPT)) {
            return null;
        }
        JsonNode response = own.path("limitResponse");
        JsonNode queuing = response.path("queuing");
        boolean queued = response.path("type").asString("").equals("Queue");
        if (queued != queuing.isObject()) {
            return null;
        }
        JsonNode borrowing = own.path("borrowingLimitPercent");
        var level = new PriorityLevel(
                name,
                tree.path("metadata").path("uid").asString(""),
                exempt,
                own.path("nominalConcurrencyShares").asInt(exempt ? 0 : 30),
                own.path("lendablePercent").asInt(0),
                borrowing.isNumber() ? Integer.valueOf(borrowing.asInt()) : null,
                queued ? queuing.path("queues").asInt(64) : 0,
                queued ? queuing.path("handSize").asInt(8) : 0,
                queued ? queuing.path("queueLengthLimit").asInt(50) : 0);
        return level.dealable() ? level : null;
    }

    private boolean dealable() {
        if (queues == 0) {
            return true;
        }
        try {
            return new ShuffleSharding(queues, handSize).hand() == handSize;
        } catch (IllegalArgumentException impossible) {
            return false;
        }
    }
}
