package io.kubespring.kinds.validation.network;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.NameChecks;
import java.util.List;

/** IngressClasses: their controller is fixed. */
public final class IngressClassValidation implements KindValidation {

    private static final int CONTROLLER_MAX = 250;

    @Override
    public void create(Field ingressClass, Errors errors) {
        Field controller = ingressClass.at("spec", "controller");
        if (controller.empty()) {
            errors.required(controller, "");
        } else {
            if (controller.text().length() > CONTROLLER_MAX) {
                errors.tooLong(controller, CONTROLLER_MAX);
            }
            NameChecks.domainPrefixedPath(controller, errors);
        }
        Field parameters = ingressClass.at("spec", "parameters");
        if (parameters.present()) {
            parameters(parameters, errors);
        }
    }

    private static void parameters(Field parameters, Errors errors) {
        NameChecks.reference(parameters, errors);
        Field scope = parameters.at("scope");
        Field namespace = parameters.at("namespace");
        switch (scope.text()) {
            case "Namespace" -> {
                if (namespace.absent()) {
                    errors.required(namespace, "`parameters.scope` is set to 'Namespace'");
                } else {
                    errors.invalid(namespace, Names.dnsLabel(namespace.text()));
                }
            }
            case "Cluster" -> {
                if (namespace.present()) {
                    errors.forbidden(namespace, "`parameters.scope` is set to 'Cluster'");
                }
            }
            default -> {
                List<String> scopes = List.of("Cluster", "Namespace");
                if (scope.absent()) {
                    errors.required(scope, "");
                } else {
                    errors.notSupported(scope, scopes);
                }
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        errors.immutable(next.at("spec", "controller"), current.at("spec", "controller"));
        create(next, errors);
    }
}
