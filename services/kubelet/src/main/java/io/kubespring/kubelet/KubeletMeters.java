package io.kubespring.kubelet;

import io.kubespring.kubelet.worker.PodWorkers;
import io.kubespring.kubelet.worker.RuntimeWatcher;
import io.kubespring.node.cri.v1.ContainerState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.LongStream;

/** Registers the kubelet's metrics. */
final class KubeletMeters {

    /** As upstream's, which are Prometheus' own. */
    private static final Duration[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Timer relist;

    KubeletMeters(MeterRegistry registry, String nodeName, PodWorkers workers, RuntimeWatcher watcher) {
        Gauge.builder(KubeletMetric.NODE_NAME.text(), () -> 1)
                .description(KubeletMetric.NODE_NAME.help())
                .tag("node", nodeName)
                .register(registry);
        Gauge.builder(KubeletMetric.RUNNING_PODS.text(), watcher, RuntimeWatcher::readySandboxes)
                .description(KubeletMetric.RUNNING_PODS.help())
                .register(registry);
        Gauge.builder(
                        KubeletMetric.DESIRED_PODS.text(),
                        workers,
                        each -> each.pods().size())
                .description(KubeletMetric.DESIRED_PODS.help())
                .register(registry);
        for (ContainerState state : ContainerState.values()) {
            if (state != ContainerState.UNRECOGNIZED) {
                String name = state.name().replace("CONTAINER_", "").toLowerCase(Locale.ROOT);
                Gauge.builder(KubeletMetric.RUNNING_CONTAINERS.text(), watcher, each -> each.containers(state))
                        .description(KubeletMetric.RUNNING_CONTAINERS.help())
                        .tag("container_state", name)
                        .register(registry);
            }
        }
        this.relist = Timer.builder(KubeletMetric.RELIST.text())
                .description(KubeletMetric.RELIST.help())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    void timeRelist(Runnable task) {
        relist.record(task);
    }
}
