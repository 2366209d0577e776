package io.kubespring.apiserver.allocation;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.metrics.ApiServerMetric;
import io.kubespring.client.KubeClient;
import io.kubespring.client.event.EventRecorder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Repairs addresses and node ports at the start, until both succeeded once, and every three minutes afterwards. */
public final class RepairLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepairLoop.class);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration INTERVAL = Duration.ofMinutes(3);

    private final TimeSource time;
    private final AddressRepair addresses;
    private final NodePortRepair ports;
    private final Counter addressFailures;
    private final Counter portFailures;
    private volatile boolean done;
    private volatile @Nullable Thread worker;

    /** @param client of the server itself, for Events */
    public RepairLoop(
            ServiceAllocations allocations,
            ObjectSource objects,
            KubeClient client,
            TimeSource time,
            Executor executor,
            MeterRegistry metrics) {
        this.time = time;
        addresses = new AddressRepair(
                allocations.addresses(),
                objects,
                time,
                new RepairReports(
                        events(new EventRecorder(client, "ipallocator-repair-controller", "", executor, metrics)),
                        metrics,
                        ApiServerMetric.CLUSTER_IP_REPAIR_ERRORS));
        ports = new NodePortRepair(
                allocations.ports(),
                objects,
                new RepairReports(
                        events(new EventRecorder(client, "portallocator-repair-controller", "", executor, metrics)),
                        metrics,
                        ApiServerMetric.NODE_PORT_REPAIR_ERRORS));
        addressFailures = failures(metrics, ApiServerMetric.CLUSTER_IP_REPAIR_FAILURES);
        portFailures = failures(metrics, ApiServerMetric.NODE_PORT_REPAIR_FAILURES);
    }

    private static Counter failures(MeterRegistry metrics, ApiServerMetric metric) {
        return Counter.builder(metric.text()).description(metric.help()).register(metrics);
    }

    private static RepairReports.Events events(EventRecorder recorder) {
        return (about, reason, message) -> {
            JsonNode metadata = about.path("metadata");
            var reference = new ObjectReferenceBuilder()
                    .withApiVersion(about.path("apiVersion").asString(""))
                    .withKind(about.path("kind").asString(""))
                    .withNamespace(metadata.path("namespace").asString(""))
                    .withName(metadata.path("name").asString(""))
                    .withUid(metadata.path("uid").asString(""))
                    .build();
            recorder.record(reference, EventRecorder.WARNING, reason, message);
        };
    }

    public void start() {
        worker = Thread.ofVirtual().name("service-repair").start(this::run);
    }

    /** Whether both repairs succeeded once. */
    public boolean ready() {
        return done;
    }

    private void run() {
        try {
            while (!(repaired(addresses::run, addressFailures) & repaired(ports::run, portFailures))) {
                time.sleep(RETRY);
            }
            done = true;
            while (true) {
                time.sleep(INTERVAL);
                repaired(addresses::run, addressFailures);
                repaired(ports::run, portFailures);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean repaired(Runnable repair, Counter failures) throws InterruptedException {
        try {
            repair.run();
            return true;
        } catch (RuntimeException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            failures.increment();
            LOG.warn("repair of Service allocations failed, will be tried again: {}", failure.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        Thread running = worker;
        if (running != null) {
            running.interrupt();
        }
    }
}
