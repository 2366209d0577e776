package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;

/** HorizontalPodAutoscalers, in both versions. */
public final class AutoscalerValidation implements KindValidation {

    @Override
    public void create(Field autoscaler, Errors errors) {
        Field spec = autoscaler.at("spec");
        Field least = spec.at("minReplicas");
        Field most = spec.at("maxReplicas");
        if (least.present() && least.number() < 1) {
            errors.invalid(least, "must be greater than or equal to 1");
        }
        if (most.number() < 1) {
            errors.invalid(most, most.number(), "must be greater than 0");
        }
        if (least.present() && most.number() < least.number()) {
            errors.invalid(most, most.number(), "must be greater than or equal to `minReplicas`");
        }
        for (String each : List.of("kind", "name")) {
            if (spec.at("scaleTargetRef", each).empty()) {
                errors.required(spec.at("scaleTargetRef", each), "");
            }
        }
        for (Field metric : spec.at("metrics").items()) {
            metric(metric, errors);
        }
    }

    private static void metric(Field metric, Errors errors) {
        Field type = metric.at("type");
        switch (type.text()) {
            case "" -> errors.required(type, "must specify a metric source type");
            case "Resource", "Pods", "Object", "External", "ContainerResource" -> {
                String source = Character.toLowerCase(type.text().charAt(0))
                        + type.text().substring(1);
                if (metric.at(source).absent()) {
                    errors.required(metric.at(source), "must populate information for the given metric source");
                }
            }
            default ->
                errors.notSupported(type, List.of("ContainerResource", "External", "Object", "Pods", "Resource"));
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
