package io.kubespring.controllers.namespace;

import io.fabric8.kubernetes.api.model.Namespace;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.runtime.ControllerContext;

/** Wires {@link NamespaceReconciler} to namespaces that are being deleted. */
public final class NamespaceController {

    private static final int WORKERS = 10;

    private NamespaceController() {}

    public static void register(ControllerContext context) {
        Informer<Namespace> namespaces = context.informers().informer(Namespace.class);
        KubeClient client = context.client("namespace-controller");
        var controller = context.controller(
                "namespace",
                WORKERS,
                new NamespaceReconciler(namespaces.lister(), client, new NamespaceContent(client, Catalog.builtIn())));
        namespaces.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Namespace namespace, boolean initial) {
                if (namespace.getMetadata().getDeletionTimestamp() != null) {
                    controller.queue().add(ObjectKey.of(namespace));
                }
            }

            @Override
            public void onUpdate(Namespace before, Namespace after) {
                onAdd(after, false);
            }
        });
    }
}
