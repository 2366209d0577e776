package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.NONE;
import static io.kubespring.apimachinery.print.Fields.textOr;

import tools.jackson.databind.JsonNode;

/** flowcontrol.apiserver.k8s.io. */
final class FlowControlColumns {

    private static final String GROUP = "flowcontrol.apiserver.k8s.io";
    private static final String[] QUEUING = {"spec", "limited", "limitResponse", "queuing"};

    private FlowControlColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                GROUP,
                "FlowSchema",
                Column.objectName(),
                Column.field("PriorityLevel", "Where its requests go", "spec", "priorityLevelConfiguration", "name"),
                Column.field("MatchingPrecedence", "Lower is asked first", "spec", "matchingPrecedence"),
                Column.text(
                        "DistinguisherMethod",
                        "What tells flows apart",
                        it -> textOr(NONE, it, "spec", "distinguisherMethod", "type")),
                Column.age(),
                Column.text("MissingPL", "Whether its priority level is missing", it -> {
                    JsonNode dangling = Fields.condition(it, "Dangling");
                    return dangling == null ? "?" : Fields.text(dangling, "status");
                }));
        registry.put(
                GROUP,
                "PriorityLevelConfiguration",
                Column.objectName(),
                Column.field("Type", "Exempt or Limited", "spec", "type"),
                Column.text(
                        "NominalConcurrencyShares",
                        "Its share of the server",
                        it -> textOr(NONE, it, "spec", "limited", "nominalConcurrencyShares")),
                queuing("Queues", "How many queues it has", "queues"),
                queuing("HandSize", "How many queues a flow is dealt", "handSize"),
                queuing("QueueLengthLimit", "How long a queue can be", "queueLengthLimit"),
                Column.age());
    }

    private static Column queuing(String name, String description, String field) {
        return Column.text(name, description, it -> textOr(NONE, Fields.at(it, QUEUING), field));
    }
}
