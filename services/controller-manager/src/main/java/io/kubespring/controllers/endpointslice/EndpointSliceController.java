package io.kubespring.controllers.endpointslice;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.runtime.ControllerContext;
import io.kubespring.controllers.servicepods.ServiceTriggers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wires {@link EndpointSliceReconciler} to Services, Pods, and slices that someone else changed. */
public final class EndpointSliceController {

    private static final int WORKERS = 5;

    private EndpointSliceController() {}

    public static void register(ControllerContext context) {
        Informer<Service> services = context.informers().informer(Service.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<Node> nodes = context.informers().informer(Node.class);
        Informer<EndpointSlice> slices = context.informers().informer(EndpointSlice.class);
        slices.addIndex(EndpointSliceReconciler.BY_SERVICE, slice -> {
            ObjectKey service = serviceOf(slice);
            return service == null ? List.of() : List.of(service.toString());
        });
        var tracker = new SliceTracker();
        var controller = context.controller(
                "endpoint_slice",
                WORKERS,
                new EndpointSliceReconciler(
                        services.lister(),
                        pods.lister(),
                        nodes.lister(),
                        slices.lister(),
                        tracker,
                        context.client("endpointslice-controller")));
        ServiceTriggers.connect(services, pods, controller.queue());
        slices.addHandler(new EventHandler<>() {
            @Override
            public void onUpdate(EndpointSlice before, EndpointSlice after) {
                enqueue(serviceOf(before));
                enqueue(serviceOf(after));
            }

            @Override
            public void onDelete(EndpointSlice last) {
                ObjectKey service = serviceOf(last);
                if (service != null) {
                    tracker.forget(service, last);
                    enqueue(service);
                }
            }

            private void enqueue(@Nullable ObjectKey service) {
                if (service != null) {
                    controller.queue().add(service);
                }
            }
        });
    }

    /** Null for a slice that is not ours. */
    private static @Nullable ObjectKey serviceOf(EndpointSlice slice) {
        var labels = Selectors.labels(slice);
        String name = labels.get(EndpointSliceReconciler.SERVICE_LABEL);
        return name == null
                        || !EndpointSliceReconciler.MANAGED_BY.equals(
                                labels.get(EndpointSliceReconciler.MANAGED_BY_LABEL))
                ? null
                : new ObjectKey(slice.getMetadata().getNamespace(), name);
    }
}
