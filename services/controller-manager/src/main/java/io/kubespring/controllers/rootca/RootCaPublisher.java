package io.kubespring.controllers.rootca;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
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
import java.util.Map;

/** Keeps the ConfigMap kube-root-ca.crt in every namespace, by which Pods trust the API server. */
public final class RootCaPublisher {

    private static final String NAME = "kube-root-ca.crt";
    private static final String DESCRIPTION = "kubernetes.io/description";
    private static final String DESCRIPTION_TEXT = "Contains a CA bundle that can be used to verify the"
            + " kube-apiserver when using internal endpoints such as the internal service IP or"
            + " kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";
    private static final int WORKERS = 1;

    private final Lister<Namespace> namespaces;
    private final Lister<ConfigMap> maps;
    private final Resources<ConfigMap> client;
    private final Map<String, String> data;

    private RootCaPublisher(
            Lister<Namespace> namespaces, Lister<ConfigMap> maps, Resources<ConfigMap> client, String rootCa) {
        this.namespaces = namespaces;
        this.maps = maps;
        this.client = client;
        this.data = Map.of("ca.crt", rootCa);
    }

    /** Does nothing where the configuration holds no certificate. */
    public static void register(ControllerContext context) {
        if (context.config().rootCaPem().isEmpty()) {
            return;
        }
        Informer<Namespace> namespaces = context.informers().informer(Namespace.class);
        Informer<ConfigMap> maps = context.informers()
                .informer(ConfigMap.class, InformerOptions.<ConfigMap>all().fields("metadata.name=" + NAME));
        var publisher = new RootCaPublisher(
                namespaces.lister(),
                maps.lister(),
                context.client("root-ca-cert-publisher").resources(ConfigMap.class),
                context.config().rootCaPem());
        Controller<String> controller = context.controller("root_ca_cert_publisher", WORKERS, publisher::reconcile);
        namespaces.addHandler(EventHandler.onAny(
                namespace -> controller.queue().add(namespace.getMetadata().getName())));
        maps.addHandler(new EventHandler<>() {
            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                controller.queue().add(after.getMetadata().getNamespace());
            }

            @Override
            public void onDelete(ConfigMap last) {
                controller.queue().add(last.getMetadata().getNamespace());
            }
        });
    }

    private Result reconcile(String name) {
        Namespace namespace = namespaces.get("", name);
        if (namespace == null || namespace.getMetadata().getDeletionTimestamp() != null) {
            return Result.DONE;
        }
        ConfigMap current = maps.get(name, NAME);
        if (current == null) {
            create(name);
        } else if (!data.equals(current.getData())) {
            Await.done(
                    client.update(new ConfigMapBuilder(current).withData(data).build()));
        }
        return Result.DONE;
    }

    private void create(String namespace) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .addToAnnotations(DESCRIPTION, DESCRIPTION_TEXT)
                .endMetadata()
                .withData(data)
                .build();
        try {
            Await.done(client.create(map));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.ALREADY_EXISTS && !PodControl.isNamespaceTerminating(failure)) {
                throw failure;
            }
        }
    }
}
