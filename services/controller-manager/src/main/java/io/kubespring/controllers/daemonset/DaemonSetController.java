package io.kubespring.controllers.daemonset;

import io.fabric8.kubernetes.api.model.Node;
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
import io.kubespring.controllers.pods.PodOwners;
import io.kubespring.controllers.runtime.ControllerContext;
import java.util.Objects;

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
        new PodOwners<>(
                        "DaemonSet",
                        sets.lister(),
                        set -> set.getSpec().getSelector(),
                        expectations,
                        controller.queue())
                .listen(sets, pods);
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
    }
}
