package io.kubespring.kinds.validation.workload;

import io.kubespring.api.selector.LabelSelector;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What every workload demands of its selector and template: they fit, and the Pods restart for ever. */
final class SelectorRules {

    private SelectorRules() {}

    /** @param kind as upstream's message names it */
    static void selector(Field selector, String kind, Errors errors) {
        if (selector.absent()) {
            errors.required(selector, "");
            return;
        }
        LabelValidation.selector(selector, errors);
        if (LabelValidation.selectsAll(selector)) {
            errors.invalid(selector, "empty selector is invalid for " + kind);
        }
    }

    static void template(Field spec, Errors errors) {
        Field template = spec.at("template");
        Field selector = spec.at("selector");
        if (template.absent()) {
            errors.required(template, "");
            return;
        }
        if (selector.present() && !LabelValidation.selectsAll(selector)) {
            fits(selector, template.at("metadata", "labels"), errors);
        }
        PodTemplateValidation.check(template, errors);
        Field policy = template.at("spec", "restartPolicy");
        if (!policy.isText("Always")) {
            errors.notSupported(policy, List.of("Always"));
        }
        Field deadline = template.at("spec", "activeDeadlineSeconds");
        if (deadline.present()) {
            errors.forbidden(deadline, "activeDeadlineSeconds in ReplicaSet is not Supported");
        }
    }

    private static void fits(Field selector, Field labels, Errors errors) {
        Map<String, String> values = new HashMap<>();
        labels.entries().forEach(each -> values.put(each.name(), each.text()));
        try {
            if (selector.value() instanceof ObjectNode tree
                    && !LabelSelector.of(tree).matches(values)) {
                errors.invalid(labels, "`selector` does not match template `labels`");
            }
        } catch (IllegalArgumentException | io.kubespring.api.error.StatusException unreadable) {
            errors.invalid(selector, "invalid label selector");
        }
    }
}
