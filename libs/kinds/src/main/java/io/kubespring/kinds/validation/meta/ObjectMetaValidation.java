package io.kubespring.kinds.validation.meta;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import java.util.List;
import java.util.Set;

/** The metadata of every object, whatever its kind. Expects that a name was generated where one was asked for. */
public final class ObjectMetaValidation {

    private static final List<String> IMMUTABLE =
            List.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds");
    private static final int SUBRESOURCE_MAX = 256;
    private static final int MANAGER_MAX = 128;

    /** Groups whose kinds take no finalizer without a domain but Kubernetes' own; others take any. */
    private static final Set<String> STANDARD_FINALIZERS = Set.of(
            "",
            "apps",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "discovery.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "networking.k8s.io",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");

    private ObjectMetaValidation() {}

    public static void create(GroupVersionKind kind, Field metadata, Errors errors) {
        Field generateName = metadata.at("generateName");
        if (!generateName.empty()) {
            errors.invalid(generateName, NameRules.checkPrefix(kind, generateName.text()));
        }
        Field name = metadata.at("name");
        if (name.empty()) {
            errors.required(name, "name or generateName is required");
        } else {
            errors.invalid(name, NameRules.check(kind, name.text()));
        }
        Field namespace = metadata.at("namespace");
        if (!namespace.empty()) {
            errors.invalid(namespace, Names.dnsLabel(namespace.text()));
        }
        common(kind, metadata, errors);
    }

    public static void update(GroupVersionKind kind, Field next, Field current, Errors errors) {
        if (current.at("deletionTimestamp").present()) {
            OwnerValidation.noNewFinalizers(next.at("finalizers"), current.at("finalizers"), errors);
        }
        if (next.at("generation").number() < current.at("generation").number()) {
            errors.invalid(next.at("generation"), "must not be decremented");
        }
        for (String field : IMMUTABLE) {
            errors.immutable(next.at(field), current.at(field));
        }
        common(kind, next, errors);
    }

    private static void common(GroupVersionKind kind, Field metadata, Errors errors) {
        errors.nonNegative(metadata.at("generation"));
        LabelValidation.labels(metadata.at("labels"), errors);
        LabelValidation.annotations(metadata.at("annotations"), errors);
        OwnerValidation.references(metadata.at("ownerReferences"), errors);
        OwnerValidation.finalizers(metadata.at("finalizers"), errors);
        if (STANDARD_FINALIZERS.contains(kind.group()) && !kind.kind().equals("Event")) {
            OwnerValidation.standardFinalizers(metadata.at("finalizers"), errors);
        }
        for (Field entry : metadata.at("managedFields").items()) {
            managedFields(entry, errors);
        }
    }

    private static void managedFields(Field entry, Errors errors) {
        Field operation = entry.at("operation");
        if (!operation.isText("Apply") && !operation.isText("Update")) {
            errors.invalid(operation, "must be `Apply` or `Update`");
        }
        Field type = entry.at("fieldsType");
        if (!type.empty() && !type.isText("FieldsV1")) {
            errors.invalid(type, "must be `FieldsV1`");
        }
        if (entry.at("manager").text().length() > MANAGER_MAX) {
            errors.tooLong(entry.at("manager"), MANAGER_MAX);
        }
        if (entry.at("subresource").text().length() > SUBRESOURCE_MAX) {
            errors.tooLong(entry.at("subresource"), SUBRESOURCE_MAX);
        }
    }
}
