package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;

/**
 * Events of both groups. One without {@code eventTime} comes from an old client and only has to be in its object's
 * namespace.
 */
public final class EventValidation implements KindValidation {

    private static final int NAME_MAX = 128;
    private static final int NOTE_MAX = 1024;

    private final String object;
    private final String note;
    private final String controller;
    private final String instance;
    private final boolean core;

    private EventValidation(String object, String note, String controller, String instance, boolean core) {
        this.object = object;
        this.note = note;
        this.controller = controller;
        this.instance = instance;
        this.core = core;
    }

    public static EventValidation ofCore() {
        return new EventValidation("involvedObject", "message", "reportingComponent", "reportingInstance", true);
    }

    public static EventValidation ofEventsGroup() {
        return new EventValidation("regarding", "note", "reportingController", "reportingInstance", false);
    }

    @Override
    public void create(Field event, Errors errors) {
        namespace(event, errors);
        if (core && event.at("eventTime").absent()) {
            return;
        }
        if (event.at("eventTime").absent()) {
            errors.required(event.at("eventTime"), "");
        }
        for (String each : List.of(controller, instance, "action", "reason")) {
            if (event.at(each).empty()) {
                errors.required(event.at(each), "");
            } else if (event.at(each).text().length() > NAME_MAX) {
                errors.invalid(event.at(each), "can have at most " + NAME_MAX + " characters");
            }
        }
        if (!event.at(controller).empty()) {
            errors.invalid(
                    event.at(controller),
                    Names.qualifiedName(event.at(controller).text()));
        }
        if (event.at(note).text().length() > NOTE_MAX) {
            errors.invalid(event.at(note), "can have at most " + NOTE_MAX + " characters");
        }
        if (!event.at("type").isText("Normal") && !event.at("type").isText("Warning")) {
            errors.invalid(
                    event.at("type"), "has invalid value: " + event.at("type").text());
        }
    }

    /** What has no namespace is reported in the default one (or, since 1.32, in kube-system). */
    private void namespace(Field event, Errors errors) {
        Field of = event.at(object, "namespace");
        String namespace = event.at("metadata", "namespace").text();
        if (of.empty()) {
            if (!namespace.isEmpty() && !namespace.equals("default") && !namespace.equals("kube-system")) {
                errors.invalid(of, "does not match event.namespace");
            }
        } else if (!of.isText(namespace)) {
            errors.invalid(of, "does not match event.namespace");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        namespace(next, errors);
    }
}
