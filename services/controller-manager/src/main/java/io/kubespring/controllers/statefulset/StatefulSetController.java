package io.kubespring.controllers.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.history.RevisionHistory;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.pods.PodOwners;
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
        new PodOwners<>(
                        "StatefulSet",
                        sets.lister(),
                        set -> set.getSpec().getSelector(),
                        new Expectations<>(context.time()),
                        controller.queue())
                .listen(sets, pods);
    }
}
