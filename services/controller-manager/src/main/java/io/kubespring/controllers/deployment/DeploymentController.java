package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.runtime.ControllerContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Wires {@link DeploymentReconciler} to changes of Deployments, their ReplicaSets, and Pods where Recreate waits for them. */
public final class DeploymentController {

    private static final String NAME = "deployment-controller";
    private static final int WORKERS = 5;

    private final Lister<Deployment> deployments;
    private final Lister<ReplicaSet> sets;
    private final Controller<ObjectKey> controller;

    private DeploymentController(ControllerContext context) {
        Informer<Deployment> deploymentInformer = context.informers().informer(Deployment.class);
        Informer<ReplicaSet> setInformer = context.informers().informer(ReplicaSet.class);
        Informer<Pod> podInformer = context.informers().informer(Pod.class);
        setInformer.addIndex(Owners.INDEX, Owners::indexValues);
        podInformer.addIndex(Owners.INDEX, Owners::indexValues);
        deployments = deploymentInformer.lister();
        sets = setInformer.lister();
        controller = context.controller(
                "deployment",
                WORKERS,
                new DeploymentReconciler(
                        deployments, sets, podInformer.lister(), context.client(NAME), context.events(NAME)));
        deploymentInformer.addHandler(EventHandler.onAny(this::enqueue));
        setInformer.addHandler(new SetHandler());
        podInformer.addHandler(new EventHandler<>() {
            @Override
            public void onUpdate(Pod before, Pod after) {
                if (Owners.controllerOf(after) != null && after.getMetadata().getDeletionTimestamp() != null) {
                    podGone(after);
                }
            }

            @Override
            public void onDelete(Pod last) {
                podGone(last);
            }
        });
    }

    public static void register(ControllerContext context) {
        new DeploymentController(context);
    }

    private void enqueue(Deployment deployment) {
        controller.queue().add(ObjectKey.of(deployment));
    }

    private @Nullable Deployment ownerOf(ReplicaSet set) {
        OwnerReference reference = Owners.controllerOf(set);
        if (reference == null || !"Deployment".equals(reference.getKind())) {
            return null;
        }
        Deployment deployment = deployments.get(set.getMetadata().getNamespace(), reference.getName());
        return deployment != null && Objects.equals(deployment.getMetadata().getUid(), reference.getUid())
                ? deployment
                : null;
    }

    /** Recreate goes on once the last old Pod is gone. */
    private void podGone(Pod pod) {
        OwnerReference reference = Owners.controllerOf(pod);
        ReplicaSet set = reference == null || !"ReplicaSet".equals(reference.getKind())
                ? null
                : sets.get(pod.getMetadata().getNamespace(), reference.getName());
        Deployment deployment = set == null ? null : ownerOf(set);
        if (deployment != null && !RolloutArithmetic.isRollingUpdate(deployment)) {
            enqueue(deployment);
        }
    }

    private final class SetHandler implements EventHandler<ReplicaSet> {
        @Override
        public void onAdd(ReplicaSet set, boolean initial) {
            changed(set);
        }

        @Override
        public void onUpdate(ReplicaSet before, ReplicaSet after) {
            Deployment formerOwner = ownerOf(before);
            if (formerOwner != null && formerOwner != ownerOf(after)) {
                enqueue(formerOwner);
            }
            changed(after);
        }

        @Override
        public void onDelete(ReplicaSet last) {
            Deployment owner = ownerOf(last);
            if (owner != null) {
                enqueue(owner);
            }
        }

        private void changed(ReplicaSet set) {
            Deployment owner = ownerOf(set);
            if (owner != null) {
                enqueue(owner);
            } else if (Owners.controllerOf(set) == null) {
                deployments.list(set.getMetadata().getNamespace()).stream()
                        .filter(each -> Selectors.matches(each.getSpec().getSelector(), Selectors.labels(set)))
                        .forEach(DeploymentController.this::enqueue);
            }
        }
    }
}
