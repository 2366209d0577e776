package io.kubespring.controllers.ownership;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.kubespring.client.informer.Lister;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and makes owner references. */
public final class Owners {

    private Owners() {}

    /** The reference to the one owner that manages the object, or null. */
    public static @Nullable OwnerReference controllerOf(HasMetadata object) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        if (owners != null) {
            for (OwnerReference owner : owners) {
                if (Boolean.TRUE.equals(owner.getController())) {
                    return owner;
                }
            }
        }
        return null;
    }

    public static boolean controls(HasMetadata owner, HasMetadata object) {
        OwnerReference reference = controllerOf(object);
        return reference != null
                && Objects.equals(reference.getUid(), owner.getMetadata().getUid());
    }

    /** Name of the index by {@link #indexValues}. */
    public static final String INDEX = "controller";

    /** Where an object is found: under its controller's uid, or among its namespace's orphans. */
    public static List<String> indexValues(HasMetadata object) {
        OwnerReference controller = controllerOf(object);
        return List.of(controller == null ? "orphans of " + object.getMetadata().getNamespace() : controller.getUid());
    }

    /** What {@code owner} controls, and the orphans that it may adopt. */
    public static <T extends HasMetadata> List<T> candidates(Lister<T> lister, HasMetadata owner) {
        List<T> candidates =
                new ArrayList<>(lister.byIndex(INDEX, owner.getMetadata().getUid()));
        candidates.addAll(
                lister.byIndex(INDEX, "orphans of " + owner.getMetadata().getNamespace()));
        return candidates;
    }

    /** A controlling reference that holds back the owner's foreground deletion. */
    public static OwnerReference controllerReference(HasMetadata owner) {
        var reference = new OwnerReference();
        reference.setApiVersion(owner.getApiVersion());
        reference.setKind(owner.getKind());
        reference.setName(owner.getMetadata().getName());
        reference.setUid(owner.getMetadata().getUid());
        reference.setController(true);
        reference.setBlockOwnerDeletion(true);
        return reference;
    }
}
