package io.kubespring.apimachinery.fieldmanager;

import java.util.List;
import java.util.Set;

/** Fields that the system keeps and nobody owns. */
final class SystemFields {

    static final Set<String> ROOT = Set.of("apiVersion", "kind");
    static final Set<String> METADATA = Set.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "clusterName",
            "generation",
            "managedFields",
            "resourceVersion");
    static final Set<String> NONE = Set.of();

    private static final FieldSet ALL = FieldSet.of(List.of(
            FieldPath.of("apiVersion"),
            FieldPath.of("kind"),
            FieldPath.of("metadata"),
            FieldPath.of("metadata", "name"),
            FieldPath.of("metadata", "namespace"),
            FieldPath.of("metadata", "creationTimestamp"),
            FieldPath.of("metadata", "selfLink"),
            FieldPath.of("metadata", "uid"),
            FieldPath.of("metadata", "clusterName"),
            FieldPath.of("metadata", "generation"),
            FieldPath.of("metadata", "managedFields"),
            FieldPath.of("metadata", "resourceVersion")));

    private SystemFields() {}

    static FieldSet strip(FieldSet set) {
        return set.difference(ALL);
    }
}
