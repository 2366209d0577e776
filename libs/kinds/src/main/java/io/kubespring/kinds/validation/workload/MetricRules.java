package io.kubespring.kinds.validation.workload;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.meta.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The metrics of a HorizontalPodAutoscaler: one source each, with a target that fits it. */
final class MetricRules {

    /** What is demanded of a reference's {@code apiVersion}. */
    enum Group {
        REQUIRED,
        OPTIONAL,
        UNCHECKED
    }

    /** Upstream's order. */
    private static final List<String> SOURCES = List.of("object", "external", "pods", "resource", "containerResource");

    private static final Map<String, String> SOURCE_OF_TYPE = Map.of(
            "Object", "object",
            "External", "external",
            "Pods", "pods",
            "Resource", "resource",
            "ContainerResource", "containerResource");

    private static final List<String> TYPES =
            SOURCE_OF_TYPE.keySet().stream().sorted().toList();

    private MetricRules() {}

    static void check(Field metrics, Group described, Errors errors) {
        for (Field metric : metrics.items()) {
            metric(metric, described, errors);
        }
    }

    private static void metric(Field metric, Group described, Errors errors) {
        Field type = metric.at("type");
        String expected = SOURCE_OF_TYPE.getOrDefault(type.text(), "");
        if (type.empty()) {
            errors.required(type, "must specify a metric source type");
        }
        if (expected.isEmpty()) {
            errors.notSupported(type, TYPES);
        }
        List<String> present = new ArrayList<>(SOURCES);
        present.removeIf(each -> metric.at(each).absent());
        if (!present.isEmpty()) {
            source(metric.at(present.getFirst()), described, errors);
        }
        if (expected.isEmpty()) {
            // Said twice, as upstream.
            errors.notSupported(type, TYPES);
        } else if (!present.contains(expected)) {
            errors.required(metric.at(expected), "must populate information for the given metric source");
        }
        if (present.size() != 1) {
            present.remove(expected);
            present.forEach(each -> errors.forbidden(metric.at(each), "must populate the given metric source only"));
        }
    }

    private static void source(Field source, Group described, Errors errors) {
        Field target = source.at("target");
        switch (source.name()) {
            case "object" -> {
                reference(source.at("describedObject"), described, errors);
                identifier(source.at("metric"), errors);
                target(target, errors);
                eitherValue(target, "must set either a target value or averageValue", errors);
            }
            case "external" -> {
                identifier(source.at("metric"), errors);
                target(target, errors);
                eitherValue(target, "must set either a target value for metric or a per-pod target", errors);
                if (target.at("value").present() && target.at("averageValue").present()) {
                    errors.forbidden(
                            target.at("value"), "may not set both a target value for metric and a per-pod target");
                }
            }
            case "pods" -> {
                identifier(source.at("metric"), errors);
                target(target, errors);
                if (target.at("averageValue").absent()) {
                    errors.required(target.at("averageValue"), "must specify a positive target averageValue");
                }
            }
            default -> resource(source, errors);
        }
    }

    private static void eitherValue(Field target, String otherwise, Errors errors) {
        if (target.at("value").absent() && target.at("averageValue").absent()) {
            errors.required(target.at("averageValue"), otherwise);
        }
    }

    /** Of all containers of a Pod, or of one. */
    private static void resource(Field source, Errors errors) {
        Field name = source.at("name");
        boolean ofOne = source.name().equals("containerResource");
        if (name.empty()) {
            errors.required(name, "must specify a resource name");
        } else if (ofOne) {
            ResourceNames.container(name, name.text(), errors);
        }
        Field container = source.at("container");
        if (ofOne && container.empty()) {
            errors.required(container, "must specify a container");
        } else if (ofOne) {
            errors.invalid(container, Names.dnsLabel(container.text()));
        }
        Field target = source.at("target");
        target(target, errors);
        Field utilization = target.at("averageUtilization");
        Field value = target.at("averageValue");
        if (utilization.absent() && value.absent()) {
            errors.required(utilization, "must set either a target raw value or a target utilization");
        }
        if (utilization.present() && value.present()) {
            errors.forbidden(value, "may not set both a target raw value and a target utilization");
        }
    }

    private static void target(Field target, Errors errors) {
        Field type = target.at("type");
        if (type.empty()) {
            errors.required(type, "must specify a metric target type");
        }
        if (!List.of("Utilization", "Value", "AverageValue").contains(type.text())) {
            errors.invalid(type, "must be either Utilization, Value, or AverageValue");
        }
        for (String each : List.of("value", "averageValue")) {
            Quantity amount = Quantities.read(target.at(each));
            if (amount != null && amount.signum() <= 0) {
                errors.invalid(target.at(each), "must be positive");
            }
        }
        Field utilization = target.at("averageUtilization");
        if (utilization.present() && utilization.number() < 1) {
            errors.invalid(utilization, "must be greater than 0");
        }
    }

    private static void identifier(Field metric, Errors errors) {
        segment(metric.at("name"), "must specify a metric name", errors);
    }

    private static void segment(Field name, String otherwise, Errors errors) {
        if (name.empty()) {
            errors.required(name, otherwise);
        } else {
            errors.invalid(name, Names.pathSegment(name.text()));
        }
    }

    /** Another object, in whatever version it is served. */
    static void reference(Field reference, Group group, Errors errors) {
        segment(reference.at("kind"), "", errors);
        segment(reference.at("name"), "", errors);
        Field version = reference.at("apiVersion");
        if (group == Group.UNCHECKED) {
            return;
        }
        if (isUnreadable(reference)) {
            errors.invalid(version, "unexpected GroupVersion string: " + version.text());
        } else if (group == Group.REQUIRED && version.text().indexOf('/') <= 0) {
            errors.invalid(version, version.text(), "apiVersion must specify API group");
        }
    }

    static boolean isUnreadable(Field reference) {
        return reference.at("apiVersion").text().split("/", -1).length > 2;
    }
}
