package io.kubespring.kinds.validation.access;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.GoShown;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;

/** RoleBindings and ClusterRoleBindings: whom they bind may change, to what may not. */
public final class RoleBindingValidation implements KindValidation {

    private static final String GROUP = "rbac.authorization.k8s.io";

    private final boolean namespaced;

    public RoleBindingValidation(boolean namespaced) {
        this.namespaced = namespaced;
    }

    @Override
    public void create(Field binding, Errors errors) {
        Field role = binding.at("roleRef");
        if (!role.at("apiGroup").isText(GROUP)) {
            errors.notSupported(role.at("apiGroup"), List.of(GROUP));
        }
        String[] kinds = namespaced ? new String[] {"Role", "ClusterRole"} : new String[] {"ClusterRole"};
        if (!List.of(kinds).contains(role.at("kind").text())) {
            errors.notSupportedOf(role.at("kind"), kinds);
        }
        if (role.at("name").empty()) {
            errors.required(role.at("name"), "");
        } else {
            errors.invalid(role.at("name"), Names.pathSegment(role.at("name").text()));
        }
        for (Field subject : binding.at("subjects").items()) {
            subject(subject, errors);
        }
    }

    private void subject(Field subject, Errors errors) {
        if (subject.at("name").empty()) {
            errors.required(subject.at("name"), "");
        }
        switch (subject.at("kind").text()) {
            case "ServiceAccount" -> {
                if (!subject.at("name").empty()) {
                    errors.invalid(
                            subject.at("name"),
                            Names.dnsSubdomain(subject.at("name").text()));
                }
                if (!subject.at("apiGroup").empty()) {
                    errors.notSupported(subject.at("apiGroup"), List.of(""));
                }
                if (!namespaced && subject.at("namespace").empty()) {
                    errors.required(subject.at("namespace"), "");
                }
            }
            case "User", "Group" -> {
                if (!subject.at("apiGroup").isText(GROUP)) {
                    errors.notSupported(subject.at("apiGroup"), List.of(GROUP));
                }
            }
            default -> errors.notSupportedOf(subject.at("kind"), "ServiceAccount", "User", "Group");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        if (!next.at("roleRef").sameAs(current.at("roleRef"))) {
            Field role = next.at("roleRef");
            errors.invalid(
                    role,
                    GoShown.texts(role, "APIGroup", "apiGroup", "Kind", "kind", "Name", "name"),
                    "cannot change roleRef");
        }
    }
}
