package io.kubespring.apiserver.allocation;

import io.kubespring.apiserver.metrics.ApiServerMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What a repair found: an Event about the object, a count by type, a line in the log. */
final class RepairReports {

    private static final Logger LOG = LoggerFactory.getLogger(RepairReports.class);

    private final Events events;
    private final MeterRegistry metrics;
    private final ApiServerMetric errors;

    RepairReports(Events events, MeterRegistry metrics, ApiServerMetric errors) {
        this.events = events;
        this.metrics = metrics;
        this.errors = errors;
    }

    /** Where Events go. */
    @FunctionalInterface
    interface Events {
        void warning(JsonNode about, String reason, String message);
    }

    /** Something is wrong with what an object has. */
    void about(JsonNode object, String type, String reason, String message) {
        events.warning(object, reason, message);
        counted(type, message);
    }

    /** Something is wrong that no object can be told. */
    void counted(String type, String message) {
        LOG.warn("{}", message);
        Counter.builder(errors.text())
                .description(errors.help())
                .tag("type", type)
                .register(metrics)
                .increment();
    }
}
