package io.kubespring.controllers.servicecidr;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.runtime.ControllerContext;

/**
 * "Extend Service IP ranges" (KEP 1880): every ServiceCIDR gets a finalizer and the condition Ready. Any change of a
 * ServiceCIDR, and the end of an address, may let another one go.
 */
public final class ServiceCidrController {

    private static final String NAME = "service-cidrs-controller";
    private static final int WORKERS = 1;

    private ServiceCidrController() {}

    public static void register(ControllerContext context) {
        Informer<ServiceCIDR> cidrs = context.informers().informer(ServiceCIDR.class);
        Informer<IPAddress> addresses = context.informers().informer(IPAddress.class);
        var reconciler = new ServiceCidrReconciler(
                cidrs.lister(), addresses.lister(), context.client(NAME).resources(ServiceCIDR.class), context.time());
        Controller<String> controller = context.controller("service_cidrs", WORKERS, reconciler);
        cidrs.addHandler(new Enqueue<>(cidrs, controller, true));
        addresses.addHandler(new Enqueue<>(cidrs, controller, false));
    }

    /** @param always false where only the end of an object matters, and only to ServiceCIDRs that are to go */
    private record Enqueue<T extends HasMetadata>(
            Informer<ServiceCIDR> cidrs, Controller<String> controller, boolean always) implements EventHandler<T> {

        @Override
        public void onAdd(T object, boolean initial) {
            if (always) {
                enqueue();
            }
        }

        @Override
        public void onUpdate(T before, T after) {
            onAdd(after, false);
        }

        @Override
        public void onDelete(T last) {
            enqueue();
        }

        private void enqueue() {
            for (ServiceCIDR each : cidrs.lister().list()) {
                if (always || each.getMetadata().getDeletionTimestamp() != null) {
                    controller.queue().add(each.getMetadata().getName());
                }
            }
        }
    }
}
