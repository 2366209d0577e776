package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;

/** ReplicationControllers: their selector is a plain map of labels. */
public final class ReplicationControllerValidation implements KindValidation {

    @Override
    public void create(Field controller, Errors errors) {
        Field spec = controller.at("spec");
        errors.nonNegative(spec.at("minReadySeconds"));
        Field selector = spec.at("selector");
        if (selector.empty()) {
            errors.required(selector, "");
        }
        errors.nonNegative(spec.at("replicas"));
        Field template = spec.at("template");
        if (template.absent()) {
            errors.required(template, "");
            return;
        }
        Field labels = template.at("metadata", "labels");
        if (!selector.entries().stream()
                .allMatch(each -> labels.key(each.name()).isText(each.text()))) {
            SelectorRules.mismatch(spec, errors);
        }
        PodTemplateValidation.check(template, errors);
        SelectorRules.restartsForEver(template, "ReplicationController", errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            ReplicaSetValidation.status(next.at("status"), errors);
        } else {
            errors.nonNegative(next.at("spec", "replicas"));
        }
    }
}
