package io.kubespring.controllers.ownership;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.Await;
import io.kubespring.client.PatchType;
import io.kubespring.client.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which objects an owner controls: it keeps those that refer to it and match, releases those that refer to it and
 * match no more, adopts matching orphans. Before the first adoption it asks the server whether the owner still lives under
 * the same uid, since the local copy may be old.
 *
 * @param <T> what is controlled
 */
public final class Claims<T extends HasMetadata> {

    private final HasMetadata owner;
    private final @Nullable LabelSelector selector;
    private final Resources<T> resources;
    private final Resources<? extends HasMetadata> owners;
    private boolean checked;

    /** @param owners where the owner is asked for before anything is adopted */
    public Claims(
            HasMetadata owner,
            @Nullable LabelSelector selector,
            Resources<T> resources,
            Resources<? extends HasMetadata> owners) {
        this.owner = owner;
        this.selector = selector;
        this.resources = resources.inNamespace(owner.getMetadata().getNamespace());
        this.owners = owners.inNamespace(owner.getMetadata().getNamespace());
    }

    /** @param adoptable further condition for what may be adopted */
    public List<T> claim(Collection<T> candidates, Predicate<T> adoptable) {
        var claimed = new ArrayList<T>();
        for (T candidate : candidates) {
            if (claims(candidate, adoptable)) {
                claimed.add(candidate);
            }
        }
        return claimed;
    }

    private boolean claims(T object, Predicate<T> adoptable) {
        boolean matches = Selectors.matches(selector, Selectors.labels(object));
        OwnerReference controller = Owners.controllerOf(object);
        boolean ownerDying = owner.getMetadata().getDeletionTimestamp() != null;
        if (controller != null) {
            if (!Objects.equals(controller.getUid(), owner.getMetadata().getUid())) {
                return false;
            }
            if (matches) {
                return true;
            }
            if (!ownerDying) {
                release(object);
            }
            return false;
        }
        if (ownerDying || !matches || object.getMetadata().getDeletionTimestamp() != null) {
            return false;
        }
        return adoptable.test(object) && adopt(object);
    }

    private boolean adopt(T object) {
        if (!checked) {
            HasMetadata live = Await.optional(owners.find(owner.getMetadata().getName()));
            if (live == null
                    || !Objects.equals(
                            live.getMetadata().getUid(), owner.getMetadata().getUid())
                    || live.getMetadata().getDeletionTimestamp() != null) {
                throw new IllegalStateException(owner.getMetadata().getNamespace() + "/"
                        + owner.getMetadata().getName() + " was deleted or replaced, it adopts nothing");
            }
            checked = true;
        }
        var references = new ArrayList<Object>(object.getMetadata().getOwnerReferences());
        references.add(Owners.controllerReference(owner));
        return patch(object, references);
    }

    private void release(T object) {
        List<Object> references = object.getMetadata().getOwnerReferences().stream()
                .filter(reference ->
                        !Objects.equals(reference.getUid(), owner.getMetadata().getUid()))
                .map(reference -> (Object) reference)
                .toList();
        patch(object, references);
    }

    /** @return false where the object is gone or another one by now */
    private boolean patch(T object, List<Object> references) {
        var metadata = Map.of(
                "uid", object.getMetadata().getUid(),
                "resourceVersion", object.getMetadata().getResourceVersion(),
                "ownerReferences", references);
        try {
            Await.done(resources.patch(object.getMetadata().getName(), PatchType.MERGE, Map.of("metadata", metadata)));
            return true;
        } catch (StatusException failure) {
            if (failure.reason() == StatusReason.NOT_FOUND || failure.reason() == StatusReason.INVALID) {
                return false;
            }
            throw failure;
        }
    }
}
