package io.kubespring.controllers.endpoint;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.runtime.ControllerContext;
import io.kubespring.controllers.servicepods.ServiceTriggers;

/** Wires {@link EndpointsReconciler} to Services, Pods, and Endpoints that someone else changed or left behind. */
public final class EndpointsController {

    private static final int WORKERS = 5;

    private EndpointsController() {}

    public static void register(ControllerContext context) {
        Informer<Service> services = context.informers().informer(Service.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<Endpoints> endpoints = context.informers().informer(Endpoints.class);
        var controller = context.controller(
                "endpoint",
                WORKERS,
                new EndpointsReconciler(
                        services.lister(), pods.lister(), endpoints.lister(), context.client("endpoint-controller")));
        ServiceTriggers.connect(services, pods, controller.queue());
        endpoints.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Endpoints object, boolean initial) {
                if (initial && isOurs(object)) {
                    controller.queue().add(ObjectKey.of(object));
                }
            }

            @Override
            public void onUpdate(Endpoints before, Endpoints after) {
                if (isOurs(after)) {
                    controller.queue().add(ObjectKey.of(after));
                }
            }

            @Override
            public void onDelete(Endpoints last) {
                controller.queue().add(ObjectKey.of(last));
            }
        });
    }

    /** Endpoints without a Service may serve others, such as leases of old: only ours are cleaned up. */
    private static boolean isOurs(Endpoints object) {
        return object.getMetadata().getLabels() != null
                && object.getMetadata().getLabels().containsKey("endpoints.kubernetes.io/managed-by");
    }
}
