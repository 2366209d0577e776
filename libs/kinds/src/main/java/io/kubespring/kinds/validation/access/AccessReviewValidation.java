package io.kubespring.kinds.validation.access;

import io.kubespring.api.error.FieldError;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.GoShown;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The questions of authorization.k8s.io: about one thing, asked by or for somebody, and without metadata since they are
 * never stored. Operators of selectors that this version does not know are for the authorizer to ignore (KEP-4601).
 */
public final class AccessReviewValidation {

    private AccessReviewValidation() {}

    /** A SelfSubjectAccessReview. */
    public static List<FieldError> self(ObjectNode review) {
        var errors = new Errors();
        Field root = Field.root(review);
        attributes(root.at("spec"), errors);
        selectors(root.at("spec", "resourceAttributes"), errors);
        emptyMetadata(root.at("metadata"), "", "must be empty", errors);
        return errors.list();
    }

    /** A SubjectAccessReview. */
    public static List<FieldError> subject(ObjectNode review) {
        var errors = new Errors();
        Field root = Field.root(review);
        subject(root.at("spec"), errors);
        emptyMetadata(root.at("metadata"), "", "must be empty", errors);
        return errors.list();
    }

    /** A LocalSubjectAccessReview, posted to {@code namespace}. */
    public static List<FieldError> local(ObjectNode review, String namespace) {
        var errors = new Errors();
        Field root = Field.root(review);
        Field resource = root.at("spec", "resourceAttributes");
        subject(root.at("spec"), errors);
        emptyMetadata(root.at("metadata"), "namespace", "must be empty except for namespace", errors);
        Field asked = resource.at("namespace");
        if (resource.present() && !asked.text().equals(namespace)) {
            errors.invalid(asked, asked.text(), "must match metadata.namespace");
        }
        Field path = root.at("spec", "nonResourceAttributes");
        if (path.present()) {
            errors.invalid(path, shownPath(path), "disallowed on this kind of request");
        }
        return errors.list();
    }

    private static void subject(Field spec, Errors errors) {
        attributes(spec, errors);
        if (spec.at("user").empty() && spec.at("groups").empty()) {
            errors.invalid(spec.at("user"), "", "at least one of user or group must be specified");
        }
        selectors(spec.at("resourceAttributes"), errors);
    }

    private static void attributes(Field spec, Errors errors) {
        Field resource = spec.at("resourceAttributes");
        Field path = spec.at("nonResourceAttributes");
        if (resource.present() && path.present()) {
            errors.invalid(path, shownPath(path), "cannot be specified in combination with resourceAttributes");
        }
        if (resource.absent() && path.absent()) {
            errors.invalid(
                    resource, null, "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
    }

    private static ObjectNode shownPath(Field path) {
        return GoShown.texts(path, "Path", "path", "Verb", "verb");
    }

    private static void selectors(Field resource, Errors errors) {
        for (String each : List.of("fieldSelector", "labelSelector")) {
            Field selector = resource.at(each);
            if (selector.present()) {
                selector(selector, each.equals("labelSelector"), errors);
            }
        }
    }

    private static void selector(Field selector, boolean ofLabels, Errors errors) {
        Field raw = selector.at("rawSelector");
        Field requirements = selector.at("requirements");
        if (!raw.empty() && !requirements.empty()) {
            errors.invalid(raw, "may not specified at the same time as requirements");
        }
        if (raw.empty() && requirements.empty()) {
            errors.required(
                    requirements, "when " + selector.path() + " is specified, requirements or rawSelector is required");
        }
        for (Field requirement : requirements.items()) {
            if (ofLabels) {
                LabelValidation.openRequirement(requirement, errors);
                continue;
            }
            if (requirement.at("key").empty()) {
                errors.required(requirement.at("key"), "must be specified");
            }
            LabelValidation.operator(requirement, errors);
        }
    }

    private static void emptyMetadata(Field metadata, String but, String detail, Errors errors) {
        for (Field each : metadata.fields()) {
            if (!each.empty() && !each.name().equals(but) && !each.name().equals("managedFields")) {
                errors.invalid(metadata, detail);
                return;
            }
        }
    }
}
