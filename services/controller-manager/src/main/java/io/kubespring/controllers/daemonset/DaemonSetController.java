package io.kubespring.controllers.daemonset;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.history.RevisionHistory;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.runtime.ControllerContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Wires {@link DaemonSetReconciler} to changes of DaemonSets, their Pods, and nodes. */
public final class DaemonSetController {

    private static final String NAME = "daemon-set-controller";
    private static final int WORKERS = 2;

    private DaemonSetController() {}

    public static void register(ControllerContext context) {
        Informer<DaemonSet> sets = context.informers().informer(DaemonSet.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<Node> nodes = context.informers().informer(Node.class);
        Informer<ControllerRevision> revisions = context.informers().informer(ControllerRevision.class);
        pods.addIndex(Owners.INDEX, Owners::indexValues);
        revisions.addIndex(Owners.INDEX, Owners::indexValues);
        KubeClient client = context.client(NAME);
        Expectations<ObjectKey> expectations = new Expectations<>(context.time());
        Controller<ObjectKey> controller = context.controller(
                "daemonset",
                WORKERS,
                new DaemonSetReconciler(
                        sets.lister(),
                        pods.lister(),
                        nodes.lister(),
                        client,
                        context.events(NAME),
                        new RevisionHistory(revisions.lister(), client),
                        expectations));
        sets.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(DaemonSet set, boolean initial) {
                controller.queue().add(ObjectKey.of(set));
            }

            @Override
            public void onUpdate(DaemonSet before, DaemonSet after) {
                controller.queue().add(ObjectKey.of(after));
            }

            @Override
            public void onDelete(DaemonSet last) {
                controller.queue().add(ObjectKey.of(last));
            }
        });
        nodes.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Node node, boolean initial) {
                sets.lister().list().forEach(set -> controller.queue().add(ObjectKey.of(set)));
            }

            @Override
            public void onUpdate(Node before, Node after) {
                if (!Objects.equals(before.getSpec(), after.getSpec())
                        || !Objects.equals(
                                before.getMetadata().getLabels(),
                                after.getMetadata().getLabels())) {
                    onAdd(after, false);
                }
            }

            @Override
            public void onDelete(Node last) {
                onAdd(last, false);
            }
        });
        pods.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Pod pod, boolean initial) {
                ObjectKey owner = ownerOf(pod);
                if (owner != null) {
                    expectations.creationObserved(owner);
                    controller.queue().add(owner);
                }
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                ObjectKey owner = ownerOf(after);
                if (owner != null) {
                    if (after.getMetadata().getDeletionTimestamp() != null) {
                        expectations.deletionObserved(owner, after.getMetadata().getUid());
                    }
                    controller.queue().add(owner);
                }
            }

            @Override
            public void onDelete(Pod last) {
                ObjectKey owner = ownerOf(last);
                if (owner != null) {
                    expectations.deletionObserved(owner, last.getMetadata().getUid());
                    controller.queue().add(owner);
                }
            }
        });
    }

    private static @Nullable ObjectKey ownerOf(Pod pod) {
        OwnerReference reference = Owners.controllerOf(pod);
        return reference != null && "DaemonSet".equals(reference.getKind())
                ? new ObjectKey(pod.getMetadata().getNamespace(), reference.getName())
                : null;
    }
}
