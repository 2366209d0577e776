package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.flowcontrol.DanglingCondition;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.kinds.flowcontrol.BuiltInFlowControl;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes into each FlowSchema's status whether its priority level is missing, by server-side apply, so that several
 * servers agree. Looks once a second; writes to one schema at most every ten seconds, should somebody disagree.
 */
public final class FlowSchemaConditions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlowSchemaConditions.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String MANAGER = "api-priority-and-fairness-config-consumer-v1";

    private final KubeClient client;
    private final TimeSource time;
    private final Supplier<Map<String, DanglingCondition>> stale;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final Map<String, Instant> written = new HashMap<>();
    private final TimeSource.Cancellable timer;

    /** @param stale conditions to write, by schema; cheap */
    public FlowSchemaConditions(KubeClient client, TimeSource time, Supplier<Map<String, DanglingCondition>> stale) {
        this.client = client;
        this.time = time;
        this.stale = stale;
        timer = time.scheduleAtFixedRate(PERIOD, PERIOD, this::look);
    }

    private void look() {
        if (!stale.get().isEmpty() && writing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("flow-schema-conditions").start(this::write);
        }
    }

    private void write() {
        try {
            Instant now = time.now();
            written.values().removeIf(at -> at.plus(PATIENCE).isBefore(now));
            stale.get().forEach((name, condition) -> {
                if (written.putIfAbsent(name, now) == null) {
                    write(name, condition, now);
                }
            });
        } finally {
            writing.set(false);
        }
    }

    private void write(String name, DanglingCondition condition, Instant now) {
        ObjectNode schema =
                Json.object().put("apiVersion", BuiltInFlowControl.API_VERSION).put("kind", "FlowSchema");
        schema.putObject("metadata").put("name", name);
        schema.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", DanglingCondition.TYPE)
                .put("status", condition.status())
                .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("reason", condition.reason())
                .put("message", condition.message());
        try {
            Await.value(client.trees(FlowControlObjects.SCHEMAS).applyStatus(schema, MANAGER, true));
        } catch (StatusException failure) {
            LOG.warn("cannot write the status of FlowSchema {}: {}", name, failure.getMessage());
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
