package io.kubespring.kinds.validation.workload;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.selector.LabelSelector;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What workloads demand of their selector and template: they fit, and the Pods restart for ever. */
final class SelectorRules {

    private SelectorRules() {}

    /** @param kind as upstream's message names it */
    static void selector(Field selector, String kind, Errors errors) {
        if (selector.absent()) {
            errors.required(selector, "");
            return;
        }
        LabelValidation.selector(selector, errors);
        notEmpty(selector, kind, errors);
    }

    static void notEmpty(Field selector, String kind, Errors errors) {
        if (selector.present() && LabelValidation.selectsAll(selector)) {
            errors.invalid(selector, "empty selector is invalid for " + kind);
        }
    }

    /** The template of a ReplicaSet, which is also that of a Deployment. */
    static void template(Field spec, Errors errors) {
        fits(spec, "invalid label selector", errors);
        PodTemplateValidation.check(spec.at("template"), errors);
        restartsForEver(spec.at("template"), "ReplicaSet", errors);
    }

    /** @param kind as upstream's message names it */
    static void restartsForEver(Field template, String kind, Errors errors) {
        Field policy = template.at("spec", "restartPolicy");
        if (!policy.isText("Always")) {
            errors.notSupported(policy, List.of("Always"));
        }
        Field deadline = template.at("spec", "activeDeadlineSeconds");
        if (deadline.present()) {
            errors.forbidden(deadline, "activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    /**
     * The selector selects what is made from the template; without one, nothing is.
     *
     * @param unreadable what is said of a selector that cannot be evaluated
     */
    static void fits(Field spec, String unreadable, Errors errors) {
        try {
            if (!selects(spec)) {
                mismatch(spec, errors);
            }
        } catch (IllegalArgumentException | StatusException broken) {
            errors.invalid(spec.at("selector"), unreadable);
        }
    }

    /** The same where a selector that cannot be evaluated has been complained of already. */
    static void fits(Field spec, Errors errors) {
        try {
            if (!selects(spec)) {
                mismatch(spec, errors);
            }
        } catch (IllegalArgumentException | StatusException known) {
            return;
        }
    }

    static void mismatch(Field spec, Errors errors) {
        Field labels = spec.at("template", "metadata").at("labels");
        errors.invalid(labels, labels.present() ? labels.value() : null, "`selector` does not match template `labels`");
    }

    private static boolean selects(Field spec) {
        Map<String, String> labels = new HashMap<>();
        spec.at("template", "metadata").at("labels").entries().forEach(each -> labels.put(each.name(), each.text()));
        return spec.at("selector").value() instanceof ObjectNode selector
                && LabelSelector.of(selector).matches(labels);
    }
}
