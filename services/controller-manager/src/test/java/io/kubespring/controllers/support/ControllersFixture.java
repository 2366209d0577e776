package io.kubespring.controllers.support;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.kubespring.client.controller.Manager;
import io.kubespring.client.informer.Informers;
import io.kubespring.controllers.runtime.ControllerContext;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.kubespring.testing.client.Simulation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Some controllers in a {@link Simulation}, and a stand-in for the kubelet that a test moves by hand. */
public final class ControllersFixture {

    private final Simulation simulation = new Simulation();
    private final ControllerContext context;

    public ControllersFixture(ControllerManagerConfig config) {
        Manager manager = new Manager(simulation.time(), simulation.executor());
        Informers informers =
                new Informers(simulation.client(), simulation.executor(), simulation.random()).detectMutations();
        manager.add(informers);
        context = new ControllerContext(
                config,
                name -> simulation.client(),
                informers,
                manager,
                simulation.executor(),
                simulation.time(),
                simulation.random(),
                new SimpleMeterRegistry());
    }

    public ControllersFixture() {
        this(ControllerManagerConfig.defaults());
    }

    /** Starts the controllers that the given registrations make. */
    @SafeVarargs
    public final ControllersFixture start(Consumer<ControllerContext>... registrations) {
        for (Consumer<ControllerContext> registration : registrations) {
            registration.accept(context);
        }
        context.manager().start();
        settle();
        return this;
    }

    public Simulation simulation() {
        return simulation;
    }

    /** Lets everything run until nothing is left to do, quick retries included; no shared object may have been modified. */
    public void settle() {
        simulation.advance(Duration.ofMillis(500));
        context.informers().verifyUnmodified();
    }

    public List<Pod> pods() {
        return simulation.list(Pod.class);
    }

    /** Marks up to {@code count} Pods that are not ready as running and ready. */
    public void makeReady(int count) {
        pods().stream()
                .filter(pod -> pod.getStatus() == null
                        || pod.getStatus().getPhase() == null
                        || pod.getStatus().getPhase().equals("Pending"))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .limit(count)
                .forEach(pod -> setPhase(pod, "Running", true));
        settle();
    }

    public void setPhase(Pod pod, String phase, boolean ready) {
        simulation
                .api()
                .put(new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase(phase)
                        .withConditions(new PodConditionBuilder()
                                .withType("Ready")
                                .withStatus(ready ? "True" : "False")
                                .withLastTransitionTime(simulation.time().now().toString())
                                .build())
                        .endStatus()
                        .build());
    }

    /** Messages of the events about objects of a kind, in order of their first happening. */
    public List<String> events(String kind) {
        return simulation.list(Event.class).stream()
                .filter(event -> event.getInvolvedObject().getKind().equals(kind))
                .sorted(Comparator.comparing(
                                (Event event) -> event.getMetadata().getCreationTimestamp())
                        .thenComparingInt(
                                event -> Integer.parseInt(event.getMetadata().getResourceVersion())))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }
}
