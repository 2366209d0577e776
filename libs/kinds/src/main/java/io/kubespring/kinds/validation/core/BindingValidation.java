package io.kubespring.kinds.validation.core;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;

/** Bindings, which are never stored: they bind a Pod to a node. */
public final class BindingValidation implements KindValidation {

    @Override
    public void create(Field binding, Errors errors) {
        Field target = binding.at("target");
        if (!target.at("kind").empty() && !target.at("kind").isText("Node")) {
            errors.notSupportedOf(target.at("kind"), "Node", "<empty>");
        }
        if (target.at("name").empty()) {
            errors.required(target.at("name"), "");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
