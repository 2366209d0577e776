package io.kubespring.apimachinery.convert;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of the core group and of events.k8s.io: the same fields under other names. */
final class EventConversion {

    /** Core's names, and those of events.k8s.io. */
    private static final Map<String, String> NAMES = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "reportingComponent", "reportingController",
            "source", "deprecatedSource",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount");

    private EventConversion() {}

    static ObjectNode toEvents(ObjectNode core) {
        NAMES.forEach((name, other) -> rename(core, name, other));
        return core;
    }

    static ObjectNode toCore(ObjectNode event) {
        NAMES.forEach((name, other) -> rename(event, other, name));
        return event;
    }

    private static void rename(ObjectNode object, String from, String to) {
        JsonNode value = object.remove(from);
        if (value != null) {
            object.set(to, value);
        }
    }
}
