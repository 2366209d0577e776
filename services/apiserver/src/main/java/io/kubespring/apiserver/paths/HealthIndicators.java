package io.kubespring.apiserver.paths;

import io.kubespring.apiserver.metrics.ApiServerMetric;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What health checks came to, for {@code /metrics/slis}: the last result of each, and how often each result was seen. */
final class HealthIndicators {

    private static final class Counts {
        private final LongAdder success = new LongAdder();
        private final LongAdder error = new LongAdder();
        private volatile boolean healthy;
    }

    private final Map<String, Counts> byLabels = new ConcurrentHashMap<>();

    void observed(String endpoint, String check, boolean healthy) {
        Counts counts =
                byLabels.computeIfAbsent("name=\"" + check + "\",type=\"" + endpoint + "\"", key -> new Counts());
        counts.healthy = healthy;
        (healthy ? counts.success : counts.error).increment();
    }

    String page() {
        var page = new StringBuilder();
        var sorted = new TreeMap<>(byLabels);
        header(page, ApiServerMetric.HEALTHCHECK, "gauge");
        sorted.forEach((labels, counts) -> line(page, ApiServerMetric.HEALTHCHECK, labels, counts.healthy ? 1 : 0));
        header(page, ApiServerMetric.HEALTHCHECKS, "counter");
        sorted.forEach((labels, counts) -> {
            line(page, ApiServerMetric.HEALTHCHECKS, labels + ",status=\"error\"", counts.error.sum());
            line(page, ApiServerMetric.HEALTHCHECKS, labels + ",status=\"success\"", counts.success.sum());
        });
        return page.toString();
    }

    private static void header(StringBuilder page, ApiServerMetric metric, String type) {
        page.append("# HELP ")
                .append(metric.text())
                .append(' ')
                .append(metric.help())
                .append('\n');
        page.append("# TYPE ").append(metric.text()).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder page, ApiServerMetric metric, String labels, long value) {
        page.append(metric.text())
                .append('{')
                .append(labels)
                .append("} ")
                .append(value)
                .append('\n');
    }
}
