package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;
import java.util.Map;

/**
 * Events of both groups. One without {@code eventTime} comes from an old client and only has to be in its object's
 * namespace; through events.k8s.io all are held to the strict rules, and only their series goes on. Errors name fields as
 * the core group's Go type does, whichever group the client speaks.
 */
public final class EventValidation implements KindValidation {

    private static final int NAME_MAX = 128;
    private static final int NOTE_MAX = 1024;
    private static final List<String> HOMELESS = List.of("default", "kube-system");
    private static final List<String> OLD = List.of("firstTimestamp", "lastTimestamp", "count", "source");
    private static final List<String> IMMUTABLE = List.of(
            "involvedObject",
            "reason",
            "message",
            "source",
            "firstTimestamp",
            "lastTimestamp",
            "count",
            "type",
            "eventTime",
            "action",
            "related",
            "reportingController",
            "reportingInstance");

    private final Map<String, String> names;
    private final boolean strict;

    private EventValidation(Map<String, String> names, boolean strict) {
        this.names = names;
        this.strict = strict;
    }

    public static EventValidation ofCore() {
        return new EventValidation(Map.of("reportingController", "reportingComponent"), false);
    }

    public static EventValidation ofEventsGroup() {
        return new EventValidation(
                Map.of(
                        "involvedObject", "regarding",
                        "message", "note",
                        "source", "deprecatedSource",
                        "firstTimestamp", "deprecatedFirstTimestamp",
                        "lastTimestamp", "deprecatedLastTimestamp",
                        "count", "deprecatedCount"),
                true);
    }

    @Override
    public void create(Field event, Errors errors) {
        lenient(event, errors);
        if (!strict) {
            return;
        }
        series(event, errors);
        if (in(event, "eventTime").absent()) {
            errors.required(in(event, "eventTime"), "");
        }
        Field type = in(event, "type");
        if (!type.isText("Normal") && !type.isText("Warning")) {
            errors.invalid(type, "", "has invalid value: " + type.text());
        }
        for (String each : OLD) {
            Field field = in(event, each);
            boolean set = each.equals("source")
                    ? !field.at("component").empty() || !field.at("host").empty()
                    : !field.empty();
            if (set) {
                errors.invalid(field, "", "needs to be unset");
            }
        }
    }

    private void lenient(Field event, Errors errors) {
        Field about = in(event, "involvedObject").at("namespace");
        String namespace = event.at("metadata", "namespace").text();
        boolean old = in(event, "eventTime").absent();
        boolean homeless = namespace.equals("default") || !old && HOMELESS.contains(namespace) || namespace.isEmpty();
        if (about.empty() ? !homeless : old && !about.isText(namespace)) {
            errors.invalid(about, about.text(), "does not match event.namespace");
        }
        if (!old) {
            reporter(event, errors);
        }
    }

    private void reporter(Field event, Errors errors) {
        Field controller = in(event, "reportingController");
        if (controller.empty()) {
            errors.required(controller, "");
        }
        for (String message : Names.qualifiedName(controller.text())) {
            errors.invalid(controller, controller.text(), message);
        }
        for (String each : List.of("reportingInstance", "action", "reason")) {
            Field field = in(event, each);
            if (field.empty()) {
                errors.required(field, "");
            }
            atMost(field, NAME_MAX, errors);
        }
        atMost(in(event, "message"), NOTE_MAX, errors);
    }

    private static void atMost(Field field, int length, Errors errors) {
        if (field.text().length() > length) {
            errors.invalid(field, "", "can have at most " + length + " characters");
        }
    }

    private static void series(Field event, Errors errors) {
        Field series = event.at("series");
        if (series.absent()) {
            return;
        }
        if (series.at("count").number() < 2) {
            errors.invalid(series.at("count"), "", "should be at least 2");
        }
        if (series.at("lastObservedTime").absent()) {
            errors.required(series.at("lastObservedTime"), "");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        lenient(next, errors);
        if (!strict) {
            return;
        }
        if (!next.at("series").sameAs(current.at("series"))) {
            series(next, errors);
        }
        for (String each : IMMUTABLE) {
            boolean bothEmpty = in(next, each).empty() && in(current, each).empty();
            if (!bothEmpty) {
                errors.immutable(in(next, each), in(current, each));
            }
        }
    }

    /** The field that the core group's Go type calls {@code name}. */
    private Field in(Field event, String name) {
        return Field.of(name, event.at(names.getOrDefault(name, name)).value());
    }
}
