package io.kubespring.controllers.serviceaccount;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.Await;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.Result;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.InformerOptions;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.controllers.runtime.ControllerContext;

/** Makes the ServiceAccount "default" in every namespace that lives, also when someone deletes it. */
public final class ServiceAccountController {

    private static final String DEFAULT = "default";
    private static final int WORKERS = 1;

    private final Lister<Namespace> namespaces;
    private final Lister<ServiceAccount> accounts;
    private final Resources<ServiceAccount> client;

    private ServiceAccountController(
            Lister<Namespace> namespaces, Lister<ServiceAccount> accounts, Resources<ServiceAccount> client) {
        this.namespaces = namespaces;
        this.accounts = accounts;
        this.client = client;
    }

    public static void register(ControllerContext context) {
        Informer<Namespace> namespaces = context.informers().informer(Namespace.class);
        Informer<ServiceAccount> accounts = context.informers()
                .informer(
                        ServiceAccount.class,
                        InformerOptions.<ServiceAccount>all().fields("metadata.name=" + DEFAULT));
        var reconciler = new ServiceAccountController(
                namespaces.lister(),
                accounts.lister(),
                context.client("service-account-controller").resources(ServiceAccount.class));
        Controller<String> controller = context.controller("serviceaccount", WORKERS, reconciler::reconcile);
        namespaces.addHandler(EventHandler.onAny(
                namespace -> controller.queue().add(namespace.getMetadata().getName())));
        accounts.addHandler(new EventHandler<>() {
            @Override
            public void onDelete(ServiceAccount last) {
                controller.queue().add(last.getMetadata().getNamespace());
            }
        });
    }

    private Result reconcile(String name) {
        Namespace namespace = namespaces.get("", name);
        if (namespace == null
                || namespace.getMetadata().getDeletionTimestamp() != null
                || accounts.get(name, DEFAULT) != null) {
            return Result.DONE;
        }
        ServiceAccount account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(name)
                .withName(DEFAULT)
                .endMetadata()
                .build();
        try {
            Await.done(client.create(account));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.ALREADY_EXISTS && !PodControl.isNamespaceTerminating(failure)) {
                throw failure;
            }
        }
        return Result.DONE;
    }
}
