package io.kubespring.controllers.endpoint;

import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.controllers.servicepods.ServicePods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps one Endpoints object a Service with a selector, of the same name. */
final class EndpointsReconciler implements Reconciler<ObjectKey> {

    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

    private final Lister<Service> services;
    private final Lister<Pod> pods;
    private final Lister<Endpoints> endpoints;
    private final Resources<Endpoints> client;

    EndpointsReconciler(Lister<Service> services, Lister<Pod> pods, Lister<Endpoints> endpoints, KubeClient client) {
        this.services = services;
        this.pods = pods;
        this.endpoints = endpoints;
        this.client = client.resources(Endpoints.class);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Service service = services.get(key.namespace(), key.name());
        Endpoints current = endpoints.get(key.namespace(), key.name());
        if (service == null) {
            if (current != null) {
                delete(key);
            }
        } else if (ServicePods.hasSelector(service) && service.getMetadata().getDeletionTimestamp() == null) {
            write(service, current);
        }
        return Result.DONE;
    }

    private void delete(ObjectKey key) {
        try {
            Await.done(client.inNamespace(key.namespace()).delete(key.name()));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private void write(Service service, @org.jspecify.annotations.Nullable Endpoints current) {
        List<Pod> selected =
                ServicePods.select(service, pods.list(service.getMetadata().getNamespace()));
        List<EndpointSubset> subsets = Subsets.of(service, selected);
        Map<String, String> labels = labels(service);
        Map<String, String> annotations = new LinkedHashMap<>();
        if (current != null && current.getMetadata().getAnnotations() != null) {
            annotations.putAll(current.getMetadata().getAnnotations());
        }
        annotations.remove(OVER_CAPACITY);
        if (selected.size() > Subsets.MAX_ADDRESSES) {
            annotations.put(OVER_CAPACITY, "truncated");
        }
        if (current != null
                && subsets.equals(current.getSubsets())
                && labels.equals(current.getMetadata().getLabels())
                && annotations.equals(current.getMetadata().getAnnotations())) {
            return;
        }
        Endpoints next = (current == null ? new EndpointsBuilder() : new EndpointsBuilder(current))
                .editOrNewMetadata()
                .withNamespace(service.getMetadata().getNamespace())
                .withName(service.getMetadata().getName())
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withSubsets(subsets)
                .build();
        try {
            Await.done(current == null ? client.create(next) : client.update(next));
        } catch (StatusException failure) {
            if (!PodControl.isNamespaceTerminating(failure)) {
                throw failure;
            }
        }
    }

    private static Map<String, String> labels(Service service) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (service.getMetadata().getLabels() != null) {
            labels.putAll(service.getMetadata().getLabels());
        }
        labels.put(MANAGED_BY, "endpoint-controller");
        if (ServicePods.isHeadless(service)) {
            labels.put(ServicePods.HEADLESS_LABEL, "");
        } else {
            labels.remove(ServicePods.HEADLESS_LABEL);
        }
        return labels;
    }
}
