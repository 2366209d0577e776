package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apimachinery.convert.Conversions;
import io.kubespring.apimachinery.fieldmanager.FieldManager;
import io.kubespring.apimachinery.fieldmanager.FieldPath;
import io.kubespring.apimachinery.fieldmanager.ManagerInfo;
import io.kubespring.apimachinery.fieldmanager.OtherVersions;
import io.kubespring.apimachinery.patch.JsonPatch;
import io.kubespring.apimachinery.patch.MergePatch;
import io.kubespring.apimachinery.patch.PatchBody;
import io.kubespring.apimachinery.patch.StrategicMergePatch;
import io.kubespring.apimachinery.structural.Defaulter;
import io.kubespring.apimachinery.structural.EmptyFields;
import io.kubespring.apimachinery.structural.StructuralChecker;
import io.kubespring.apiserver.request.ObjectBodies;
import io.kubespring.client.PatchType;
import io.kubespring.kinds.defaulting.Defaults;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the pipeline does with any tree, by its schema: decode, check, default, patch, own. */
final class Machinery {

    private final Catalog catalog;

    Machinery(Catalog catalog) {
        this.catalog = catalog;
    }

    ObjectNode decode(byte[] body, String mediaType, List<String> duplicates, ResourceType type) {
        return ObjectBodies.read(body, mediaType, duplicates, type.kind().kind());
    }

    /** Whether some version of the server has that kind. */
    boolean knows(GroupVersionKind kind) {
        return catalog.byKind(kind) != null;
    }

    /** @return what strict validation objects to; unknown fields are pruned */
    List<String> check(ObjectNode object, ResourceType type, List<String> duplicates) {
        return StructuralChecker.check(object, type.schema(), type.kind(), duplicates)
                .problems();
    }

    void applyDefaults(ObjectNode object, ResourceType type) {
        Defaulter.applyDefaults(object, type.schema());
        Defaults.apply(type.kind(), object);
    }

    /** Takes out what the kind does not keep. */
    EmptyFields empty(ObjectNode object, ResourceType type) {
        return EmptyFields.take(object, type.schema());
    }

    ObjectNode patch(
            PatchType patchType, ObjectNode current, byte[] patch, List<String> duplicates, ResourceType type) {
        return switch (patchType) {
            case JSON -> JsonPatch.apply(current, patch);
            case MERGE -> MergePatch.apply(current, PatchBody.mergePatch(patch, duplicates));
            case STRATEGIC ->
                StrategicMergePatch.apply(current, PatchBody.strategicMergePatch(patch, duplicates), type.schema());
            case APPLY -> throw new IllegalArgumentException("apply is no patch of a whole object");
        };
    }

    /** Sets managedFields after an update. What the server derives has set them itself, or changes no ownership. */
    ObjectNode own(
            WriteRequest request, @Nullable ObjectNode live, ObjectNode next, Set<String> resetFields, Instant now) {
        if (request.source() instanceof WriteSource.Derived) {
            return next;
        }
        return FieldManager.update(
                request.type().schema(),
                live,
                next,
                manager(request, ManagerInfo.UPDATE),
                paths(resetFields),
                now,
                versions(request.type()));
    }

    /** Merges an apply patch by ownership. */
    ObjectNode apply(
            WriteRequest request, @Nullable ObjectNode live, ObjectNode applied, Set<String> resetFields, Instant now) {
        return FieldManager.apply(
                request.type().schema(),
                live,
                applied,
                manager(request, ManagerInfo.APPLY),
                request.options().force(),
                paths(resetFields),
                now,
                versions(request.type()));
    }

    private OtherVersions versions(ResourceType type) {
        return apiVersion -> {
            GroupVersionKind asked = GroupVersionKind.of(apiVersion, type.kind().kind());
            ResourceType other = catalog.find(asked.group(), asked.version(), type.plural());
            return other == null || !Objects.equals(other.storagePrefix(), type.storagePrefix())
                    ? null
                    : new OtherVersions.Version(other.schema(), object -> Conversions.convert(object, other.kind()));
        };
    }

    private static ManagerInfo manager(WriteRequest request, String operation) {
        return new ManagerInfo(
                request.options().fieldManager(), operation, request.type().apiVersion(), request.subresource());
    }

    private static Set<FieldPath> paths(Set<String> dotted) {
        Set<FieldPath> paths = HashSet.newHashSet(dotted.size());
        dotted.forEach(each -> paths.add(FieldPath.parse(each)));
        return paths;
    }
}
