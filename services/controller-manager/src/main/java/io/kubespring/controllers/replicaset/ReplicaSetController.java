package io.kubespring.controllers.replicaset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.pods.PodOwners;
import io.kubespring.controllers.runtime.ControllerContext;

/** Wires {@link ReplicaSetReconciler} to changes of ReplicaSets and their Pods. */
public final class ReplicaSetController {

    private static final String NAME = "replicaset-controller";
    private static final int WORKERS = 5;

    private ReplicaSetController() {}

    public static void register(ControllerContext context) {
        Informer<ReplicaSet> sets = context.informers().informer(ReplicaSet.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        pods.addIndex(Owners.INDEX, Owners::indexValues);
        Expectations<ObjectKey> expectations = new Expectations<>(context.time());
        Controller<ObjectKey> controller = context.controller(
                "replicaset",
                WORKERS,
                new ReplicaSetReconciler(
                        sets.lister(), pods.lister(), context.client(NAME), context.events(NAME), expectations));
        new PodOwners<>(
                        "ReplicaSet",
                        sets.lister(),
                        set -> set.getSpec().getSelector(),
                        expectations,
                        controller.queue())
                .listen(sets, pods);
    }
}
