package io.kubespring.controllers.endpointslice;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.pods.PodControl;
import io.kubespring.controllers.servicepods.ServicePods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the EndpointSlices of a Service with a selector: per address family and set of ports, few writes a change. */
final class EndpointSliceReconciler implements Reconciler<ObjectKey> {

    static final String SERVICE_LABEL = "kubernetes.io/service-name";
    static final String MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGED_BY = "endpointslice-controller.k8s.io";
    static final String BY_SERVICE = "service";

    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";
    private static final Duration STALE_WAIT = Duration.ofMillis(100);

    private final Lister<Service> services;
    private final Lister<Pod> pods;
    private final Lister<Node> nodes;
    private final Lister<EndpointSlice> slices;
    private final SliceTracker tracker;
    private final Resources<EndpointSlice> client;

    EndpointSliceReconciler(
            Lister<Service> services,
            Lister<Pod> pods,
            Lister<Node> nodes,
            Lister<EndpointSlice> slices,
            SliceTracker tracker,
            KubeClient client) {
        this.services = services;
        this.pods = pods;
        this.nodes = nodes;
        this.slices = slices;
        this.tracker = tracker;
        this.client = client.resources(EndpointSlice.class);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Service service = services.get(key.namespace(), key.name());
        if (service == null) {
            tracker.forget(key);
            return Result.DONE;
        }
        if (!ServicePods.hasSelector(service) || service.getMetadata().getDeletionTimestamp() != null) {
            return Result.DONE;
        }
        List<EndpointSlice> existing = slices.byIndex(BY_SERVICE, key.toString());
        if (tracker.isStale(key, existing)) {
            return Result.after(STALE_WAIT);
        }
        List<Pod> selected = ServicePods.select(service, pods.list(key.namespace()));
        List<String> families = ServicePods.families(service);
        for (String family : families) {
            List<EndpointSlice> ofFamily = existing.stream()
                    .filter(slice -> family.equals(slice.getAddressType()))
                    .toList();
            sync(key, service, family, selected, ofFamily);
        }
        existing.stream()
                .filter(slice -> !families.contains(slice.getAddressType()))
                .forEach(slice -> delete(key, slice));
        return Result.DONE;
    }

    private void sync(ObjectKey key, Service service, String family, List<Pod> selected, List<EndpointSlice> existing) {
        Map<List<EndpointPort>, List<Endpoint>> desired =
                DesiredEndpoints.of(service, selected, family.equals("IPv6"), this::zone);
        if (desired.isEmpty()) {
            desired = Map.of(List.of(), List.of());
        }
        var others = new ArrayList<>(existing);
        for (Map.Entry<List<EndpointPort>, List<Endpoint>> group : desired.entrySet()) {
            List<EndpointPort> ports = SlicePlan.sorted(group.getKey());
            List<EndpointSlice> ofPorts = existing.stream()
                    .filter(slice -> SlicePlan.sorted(slice.getPorts()).equals(ports))
                    .toList();
            others.removeAll(ofPorts);
            apply(key, service, family, ports, ofPorts, group.getValue());
        }
        others.forEach(slice -> delete(key, slice));
    }

    private void apply(
            ObjectKey key,
            Service service,
            String family,
            List<EndpointPort> ports,
            List<EndpointSlice> existing,
            List<Endpoint> endpoints) {
        Map<String, String> labels = labels(service);
        SlicePlan plan = SlicePlan.of(existing, endpoints);
        if (endpoints.isEmpty()) {
            // One empty slice says that the Service is known and has nothing behind it.
            existing.stream().skip(1).forEach(slice -> delete(key, slice));
            if (existing.isEmpty()) {
                create(key, service, family, ports, labels, List.of());
            } else {
                update(key, existing.getFirst(), labels, List.of());
            }
            return;
        }
        for (EndpointSlice slice : existing) {
            List<Endpoint> content = plan.contents().getOrDefault(slice, slice.getEndpoints());
            if (content.isEmpty()) {
                delete(key, slice);
            } else {
                update(key, slice, labels, content);
            }
        }
        plan.added().forEach(content -> create(key, service, family, ports, labels, content));
    }

    private void create(
            ObjectKey key,
            Service service,
            String family,
            List<EndpointPort> ports,
            Map<String, String> labels,
            List<Endpoint> endpoints) {
        var owner = Owners.controllerReference(service);
        owner.setApiVersion("v1");
        owner.setKind("Service");
        EndpointSlice slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withGenerateName(key.name() + "-")
                .withLabels(labels)
                .withOwnerReferences(owner)
                .endMetadata()
                .withAddressType(family)
                .withEndpoints(endpoints)
                .withPorts(ports)
                .build();
        try {
            tracker.wrote(key, Await.value(client.create(slice)));
        } catch (StatusException failure) {
            if (!PodControl.isNamespaceTerminating(failure)) {
                throw failure;
            }
        }
    }

    private void update(ObjectKey key, EndpointSlice slice, Map<String, String> labels, List<Endpoint> endpoints) {
        if (endpoints.equals(slice.getEndpoints()) && labels.equals(Selectors.labels(slice))) {
            return;
        }
        EndpointSlice next = new EndpointSliceBuilder(slice)
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .withEndpoints(endpoints)
                .build();
        tracker.wrote(key, Await.value(client.update(next)));
    }

    private void delete(ObjectKey key, EndpointSlice slice) {
        try {
            Await.done(client.inNamespace(key.namespace())
                    .delete(
                            slice.getMetadata().getName(),
                            DeleteOptions.ofUid(slice.getMetadata().getUid())));
            tracker.forget(key, slice);
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private @Nullable String zone(String node) {
        Node found = nodes.get("", node);
        return found == null ? null : Selectors.labels(found).get(ZONE_LABEL);
    }

    private static Map<String, String> labels(Service service) {
        Map<String, String> labels = new LinkedHashMap<>(Selectors.labels(service));
        labels.remove(ServicePods.HEADLESS_LABEL);
        labels.put(SERVICE_LABEL, Objects.requireNonNull(service.getMetadata().getName()));
        labels.put(MANAGED_BY_LABEL, MANAGED_BY);
        if (ServicePods.isHeadless(service)) {
            labels.put(ServicePods.HEADLESS_LABEL, "");
        }
        return labels;
    }
}
