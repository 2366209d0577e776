package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.NONE;
import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.textOr;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

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
                Column.value("MatchingPrecedence", "Lower is asked first", it -> at(it, "spec", "matchingPrecedence")),
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
                Column.value(
                        "NominalConcurrencyShares",
                        "Its share of the server",
                        it -> orNone(at(it, "spec", "limited", "nominalConcurrencyShares"))),
                queuing("Queues", "How many queues it has", "queues"),
                queuing("HandSize", "How many queues a flow is dealt", "handSize"),
                queuing("QueueLengthLimit", "How long a queue can be", "queueLengthLimit"),
                Column.age());
    }

    private static Column queuing(String name, String description, String field) {
        return Column.value(name, description, it -> orNone(at(it, QUEUING).path(field)));
    }

    private static JsonNode orNone(JsonNode found) {
        return found.isNumber() ? found : JsonNodeFactory.instance.stringNode(NONE);
    }
}
