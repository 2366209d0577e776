package io.kubespring.controllers.replicaset;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.runtime.ControllerContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Wires {@link ReplicaSetReconciler} to changes of ReplicaSets and their Pods. */
public final class ReplicaSetController {

    private static final String NAME = "replicaset-controller";
    private static final int WORKERS = 5;

    private final Lister<ReplicaSet> sets;
    private final Controller<ObjectKey> controller;
    private final Expectations<ObjectKey> expectations;

    private ReplicaSetController(ControllerContext context) {
        Informer<ReplicaSet> setInformer = context.informers().informer(ReplicaSet.class);
        Informer<Pod> podInformer = context.informers().informer(Pod.class);
        podInformer.addIndex(Owners.INDEX, Owners::indexValues);
        KubeClient client = context.client(NAME);
        sets = setInformer.lister();
        expectations = new Expectations<>(context.time());
        controller = context.controller(
                "replicaset",
                WORKERS,
                new ReplicaSetReconciler(sets, podInformer.lister(), client, context.events(NAME), expectations));
        setInformer.addHandler(new SetHandler());
        podInformer.addHandler(new PodHandler());
    }

    public static void register(ControllerContext context) {
        new ReplicaSetController(context);
    }

    private void enqueue(ReplicaSet set) {
        controller.queue().add(ObjectKey.of(set));
    }

    private @Nullable ReplicaSet ownerOf(Pod pod) {
        OwnerReference reference = Owners.controllerOf(pod);
        if (reference == null || !"ReplicaSet".equals(reference.getKind())) {
            return null;
        }
        ReplicaSet set = sets.get(pod.getMetadata().getNamespace(), reference.getName());
        return set != null && Objects.equals(set.getMetadata().getUid(), reference.getUid()) ? set : null;
    }

    private void enqueueMatching(Pod orphan) {
        for (ReplicaSet set : sets.list(orphan.getMetadata().getNamespace())) {
            if (Selectors.matches(set.getSpec().getSelector(), Selectors.labels(orphan))) {
                enqueue(set);
            }
        }
    }

    private final class SetHandler implements EventHandler<ReplicaSet> {
        @Override
        public void onAdd(ReplicaSet set, boolean initial) {
            enqueue(set);
        }

        @Override
        public void onUpdate(ReplicaSet before, ReplicaSet after) {
            if (!Objects.equals(
                    before.getMetadata().getUid(), after.getMetadata().getUid())) {
                onDelete(before);
            }
            enqueue(after);
        }

        @Override
        public void onDelete(ReplicaSet last) {
            expectations.forget(ObjectKey.of(last));
            enqueue(last);
        }
    }

    private final class PodHandler implements EventHandler<Pod> {
        @Override
        public void onAdd(Pod pod, boolean initial) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                onDelete(pod);
                return;
            }
            ReplicaSet owner = ownerOf(pod);
            if (owner != null) {
                expectations.creationObserved(ObjectKey.of(owner));
                enqueue(owner);
            } else if (Owners.controllerOf(pod) == null) {
                enqueueMatching(pod);
            }
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            ReplicaSet owner = ownerOf(after);
            if (after.getMetadata().getDeletionTimestamp() != null) {
                onDelete(after);
                return;
            }
            ReplicaSet formerOwner = ownerOf(before);
            if (formerOwner != null && !formerOwner.equals(owner)) {
                enqueue(formerOwner);
            }
            if (owner != null) {
                enqueue(owner);
            } else if (Owners.controllerOf(after) == null) {
                enqueueMatching(after);
            }
        }

        @Override
        public void onDelete(Pod last) {
            ReplicaSet owner = ownerOf(last);
            if (owner != null) {
                expectations.deletionObserved(
                        ObjectKey.of(owner), last.getMetadata().getUid());
                enqueue(owner);
            }
        }
    }
}
