package io.kubespring.controllers.statefulset;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.history.RevisionHistory;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.runtime.ControllerContext;

/** Wires {@link StatefulSetReconciler} to changes of StatefulSets and their Pods. */
public final class StatefulSetController {

    private static final String NAME = "statefulset-controller";
    private static final int WORKERS = 5;

    private StatefulSetController() {}

    public static void register(ControllerContext context) {
        Informer<StatefulSet> sets = context.informers().informer(StatefulSet.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<ControllerRevision> revisions = context.informers().informer(ControllerRevision.class);
        pods.addIndex(Owners.INDEX, Owners::indexValues);
        revisions.addIndex(Owners.INDEX, Owners::indexValues);
        KubeClient client = context.client(NAME);
        Controller<ObjectKey> controller = context.controller(
                "statefulset",
                WORKERS,
                new StatefulSetReconciler(
                        sets.lister(),
                        pods.lister(),
                        client,
                        context.events(NAME),
                        new RevisionHistory(revisions.lister(), client)));
        sets.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(StatefulSet set, boolean initial) {
                controller.queue().add(ObjectKey.of(set));
            }

            @Override
            public void onUpdate(StatefulSet before, StatefulSet after) {
                controller.queue().add(ObjectKey.of(after));
            }
        });
        pods.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Pod pod, boolean initial) {
                OwnerReference reference = Owners.controllerOf(pod);
                if (reference != null && "StatefulSet".equals(reference.getKind())) {
                    controller.queue().add(new ObjectKey(pod.getMetadata().getNamespace(), reference.getName()));
                }
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                onAdd(after, false);
            }

            @Override
            public void onDelete(Pod last) {
                onAdd(last, false);
            }
        });
    }
}
