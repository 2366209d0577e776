package io.kubespring.scheduler;

import static io.kubespring.scheduler.Samples.node;

import io.kubespring.testing.client.Simulation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;

/** A scheduler against an API in memory, in manual time. */
abstract class SchedulerFixture {

    static final String ZONE = "topology.kubernetes.io/zone";
    static final String HOST = "kubernetes.io/hostname";

    final Simulation world = new Simulation();
    final Scheduler scheduler = new Scheduler(
            SchedulerConfig.DEFAULT,
            world.client(),
            world.time(),
            world.random(),
            world.executor(),
            new SimpleMeterRegistry(),
            () -> {});

    @AfterEach
    void stop() {
        scheduler.close();
    }

    /** Adds a node of four cores. */
    final void zoned(String name, String zone) {
        world.create(node(name, 4)
                .editMetadata()
                .addToLabels(ZONE, zone)
                .endMetadata()
                .build());
    }
}
