package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import java.util.List;

/** ReplicationControllers: their selector is a plain map of labels. */
public final class ReplicationControllerValidation implements KindValidation {

    @Override
    public void create(Field controller, Errors errors) {
        Field spec = controller.at("spec");
        errors.nonNegative(spec.at("replicas"));
        errors.nonNegative(spec.at("minReadySeconds"));
        Field selector = spec.at("selector");
        Field template = spec.at("template");
        LabelValidation.labels(selector, errors);
        if (selector.empty()) {
            errors.required(selector, "");
        }
        if (template.absent()) {
            errors.required(template, "");
            return;
        }
        Field labels = template.at("metadata", "labels");
        if (!selector.entries().stream()
                .allMatch(each -> labels.key(each.name()).sameAs(each))) {
            errors.invalid(labels, "`selector` does not match template `labels`");
        }
        PodTemplateValidation.check(template, errors);
        Field policy = template.at("spec", "restartPolicy");
        if (!policy.isText("Always")) {
            errors.notSupported(policy, List.of("Always"));
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
