package io.kubespring.controllers.servicepods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Lister;
import io.kubespring.client.queue.WorkQueue;
import io.kubespring.controllers.ownership.Selectors;

/** Queues a Service whenever it changes, or a Pod does that it selects or selected. */
public final class ServiceTriggers {

    private final Lister<Service> services;
    private final WorkQueue<ObjectKey> queue;

    private ServiceTriggers(Lister<Service> services, WorkQueue<ObjectKey> queue) {
        this.services = services;
        this.queue = queue;
    }

    public static void connect(Informer<Service> services, Informer<Pod> pods, WorkQueue<ObjectKey> queue) {
        var triggers = new ServiceTriggers(services.lister(), queue);
        services.addHandler(triggers.new ServiceHandler());
        pods.addHandler(triggers.new PodHandler());
    }

    private void enqueueSelecting(Pod pod) {
        for (Service service : services.list(pod.getMetadata().getNamespace())) {
            if (ServicePods.hasSelector(service)
                    && Selectors.matches(service.getSpec().getSelector(), Selectors.labels(pod))) {
                queue.add(ObjectKey.of(service));
            }
        }
    }

    private final class ServiceHandler implements EventHandler<Service> {
        @Override
        public void onAdd(Service service, boolean initial) {
            queue.add(ObjectKey.of(service));
        }

        @Override
        public void onUpdate(Service before, Service after) {
            queue.add(ObjectKey.of(after));
        }

        @Override
        public void onDelete(Service last) {
            queue.add(ObjectKey.of(last));
        }
    }

    private final class PodHandler implements EventHandler<Pod> {
        @Override
        public void onAdd(Pod pod, boolean initial) {
            enqueueSelecting(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            if (ServicePods.endpointChanged(before, after)) {
                enqueueSelecting(after);
                if (!Selectors.labels(before).equals(Selectors.labels(after))) {
                    enqueueSelecting(before);
                }
            }
        }

        @Override
        public void onDelete(Pod last) {
            enqueueSelecting(last);
        }
    }
}
