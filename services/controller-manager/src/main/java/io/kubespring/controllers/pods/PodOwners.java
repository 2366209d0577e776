package io.kubespring.controllers.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Lister;
import io.kubespring.client.queue.WorkQueue;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.ownership.Selectors;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queues the owners of one kind (ReplicaSets, Jobs, …) when they or their Pods change, and meets their expectations. A Pod
 * without a controller queues every owner that may adopt it; a reference to an owner that has been made anew counts for nobody.
 *
 * @param <T> the kind of the owners
 */
public final class PodOwners<T extends HasMetadata> {

    private final String kind;
    private final Lister<T> owners;
    private final Function<T, @Nullable LabelSelector> selector;
    private final Expectations<ObjectKey> expectations;
    private final WorkQueue<ObjectKey> queue;

    /** @param kind as it stands in owner references */
    public PodOwners(
            String kind,
            Lister<T> owners,
            Function<T, @Nullable LabelSelector> selector,
            Expectations<ObjectKey> expectations,
            WorkQueue<ObjectKey> queue) {
        this.kind = kind;
        this.owners = owners;
        this.selector = selector;
        this.expectations = expectations;
        this.queue = queue;
    }

    /** Begins to listen to both. */
    public void listen(Informer<T> ownerInformer, Informer<Pod> podInformer) {
        ownerInformer.addHandler(new OwnerHandler());
        podInformer.addHandler(new PodHandler());
    }

    private void enqueue(T owner) {
        queue.add(ObjectKey.of(owner));
    }

    private @Nullable T ownerOf(Pod pod) {
        OwnerReference reference = Owners.controllerOf(pod);
        if (reference == null || !kind.equals(reference.getKind())) {
            return null;
        }
        T owner = owners.get(pod.getMetadata().getNamespace(), reference.getName());
        return owner != null && Objects.equals(owner.getMetadata().getUid(), reference.getUid()) ? owner : null;
    }

    private final class OwnerHandler implements EventHandler<T> {
        @Override
        public void onAdd(T owner, boolean initial) {
            enqueue(owner);
        }

        @Override
        public void onUpdate(T before, T after) {
            if (!Objects.equals(
                    before.getMetadata().getUid(), after.getMetadata().getUid())) {
                onDelete(before);
            }
            enqueue(after);
        }

        @Override
        public void onDelete(T last) {
            expectations.forget(ObjectKey.of(last));
            enqueue(last);
        }
    }

    private final class PodHandler implements EventHandler<Pod> {
        @Override
        public void onAdd(Pod pod, boolean initial) {
            if (Pods.isTerminating(pod)) {
                onDelete(pod);
                return;
            }
            T owner = ownerOf(pod);
            if (owner != null) {
                expectations.creationObserved(ObjectKey.of(owner));
            }
            enqueueOwner(pod, owner);
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            if (Pods.isTerminating(after)) {
                onDelete(after);
                return;
            }
            T owner = ownerOf(after);
            T formerOwner = ownerOf(before);
            if (formerOwner != null && formerOwner != owner) {
                enqueue(formerOwner);
            }
            enqueueOwner(after, owner);
        }

        @Override
        public void onDelete(Pod last) {
            T owner = ownerOf(last);
            if (owner != null) {
                expectations.deletionObserved(
                        ObjectKey.of(owner), last.getMetadata().getUid());
                enqueue(owner);
            }
        }

        private void enqueueOwner(Pod pod, @Nullable T owner) {
            if (owner != null) {
                enqueue(owner);
            } else if (Owners.controllerOf(pod) == null) {
                owners.list(pod.getMetadata().getNamespace()).stream()
                        .filter(each -> Selectors.matches(selector.apply(each), Selectors.labels(pod)))
                        .forEach(PodOwners.this::enqueue);
            }
        }
    }
}
