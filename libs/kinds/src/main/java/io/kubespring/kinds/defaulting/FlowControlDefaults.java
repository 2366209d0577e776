package io.kubespring.kinds.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** API priority and fairness. */
final class FlowControlDefaults {

    private FlowControlDefaults() {}

    static void flowSchema(ObjectNode schema) {
        Absent.number(Absent.object(schema, "spec"), "matchingPrecedence", 1000);
    }

    static void priorityLevel(ObjectNode level) {
        ObjectNode spec = Absent.object(level, "spec");
        Absent.within(spec, limited -> shares(limited, 30), "limited");
        Absent.within(spec, queuing -> queuing(queuing), "limited", "limitResponse", "queuing");
        Absent.within(spec, exempt -> shares(exempt, 0), "exempt");
    }

    private static void shares(ObjectNode configuration, int shares) {
        Absent.pointer(configuration, "nominalConcurrencyShares", shares);
        Absent.pointer(configuration, "lendablePercent", 0);
    }

    private static void queuing(ObjectNode queuing) {
        Absent.number(queuing, "queues", 64);
        Absent.number(queuing, "handSize", 8);
        Absent.number(queuing, "queueLengthLimit", 50);
    }
}
