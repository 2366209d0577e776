package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events, whichever of the two groups they are asked from (their fields have other names there). */
final class EventColumns {

    private EventColumns() {}

    static void register(KindColumns.Registry registry) {
        Column[] columns = {
            Column.timed("Last Seen", "When it happened last", EventColumns::lastSeen),
            Column.field("Type", "Normal or Warning", "type"),
            Column.field("Reason", "Why, in a word", "reason"),
            Column.text("Object", "What it is about", EventColumns::target),
            Column.text("Subobject", "Which part of it", it -> text(subject(it), "fieldPath"))
                    .wide(),
            Column.text("Source", "Who reported it", EventColumns::source).wide(),
            Column.text(
                    "Message",
                    "What happened",
                    it -> textOr(text(it, "note"), it, "message").strip()),
            Column.timed("First Seen", "When it happened first", EventColumns::firstSeen)
                    .wide(),
            Column.integer("Count", "How often it happened", EventColumns::count)
                    .declared("string")
                    .wide(),
            Column.objectName().wide()
        };
        registry.put("", "Event", columns);
        registry.put("events.k8s.io", "Event", columns);
    }

    private static JsonNode subject(ObjectNode event) {
        JsonNode core = at(event, "involvedObject");
        return core.isObject() ? core : at(event, "regarding");
    }

    private static String target(ObjectNode event) {
        JsonNode subject = subject(event);
        String kind = text(subject, "kind").toLowerCase(Locale.ROOT);
        String name = text(subject, "name");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String firstSeen(ObjectNode event, Instant now) {
        String first = textOr(text(event, "deprecatedFirstTimestamp"), event, "firstTimestamp");
        return HumanDuration.since(first.isEmpty() ? text(event, "eventTime") : first, now);
    }

    private static String lastSeen(ObjectNode event, Instant now) {
        String series = text(event, "series", "lastObservedTime");
        String last = textOr(text(event, "deprecatedLastTimestamp"), event, "lastTimestamp");
        if (series.isEmpty() && last.isEmpty()) {
            return firstSeen(event, now);
        }
        return HumanDuration.since(series.isEmpty() ? last : series, now);
    }

    private static long count(ObjectNode event) {
        if (at(event, "series").isObject()) {
            return number(event, "series", "count");
        }
        return Math.max(1, Math.max(number(event, "count"), number(event, "deprecatedCount")));
    }

    private static String source(ObjectNode event) {
        JsonNode source = at(event, at(event, "source").isObject() ? "source" : "deprecatedSource");
        String component =
                textOr(textOr(text(event, "reportingController"), event, "reportingComponent"), source, "component");
        String host = textOr(text(event, "reportingInstance"), source, "host");
        return host.isEmpty() ? component : component + ", " + host;
    }
}
