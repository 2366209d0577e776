package io.kubespring.controllers.runtime;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.Manager;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.informer.Informers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What a controller is made of.
 *
 * @param clientFor a client under the identity of the controller of that name ("deployment-controller")
 * @param informers shared by all controllers
 */
public record ControllerContext(
        ControllerManagerConfig config,
        Function<String, KubeClient> clientFor,
        Informers informers,
        Manager manager,
        Executor executor,
        TimeSource time,
        RandomSource random,
        MeterRegistry metrics) {

    public KubeClient client(String controller) {
        return clientFor.apply(controller);
    }

    public EventRecorder events(String component) {
        return new EventRecorder(clientFor.apply(component), component, "", executor, metrics);
    }

    /** Makes a controller that the manager starts once the informers are synced. */
    public <R> Controller<R> controller(String queueName, int workers, Reconciler<R> reconciler) {
        var controller = new Controller<>(queueName, workers, reconciler, executor, time, metrics);
        manager.add(controller);
        return controller;
    }
}
