package io.kubespring.kubelet.server;

import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.kubelet.server.request.Exchange;
import io.kubespring.kubelet.server.request.HttpError;
import io.kubespring.kubelet.state.Labels;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.ContainerStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * {@code /metrics}: the kubelet's own; {@code /metrics/cadvisor}: containers under cAdvisor's names;
 * {@code /metrics/resource}: the few that metrics-server reads.
 */
public final class MetricsEndpoint implements Endpoint {

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final CriRuntime runtime;

    public MetricsEndpoint(MeterRegistry registry, CriRuntime runtime) {
        this.registry = registry;
        this.runtime = runtime;
    }

    @Override
    public boolean handles(String first) {
        return first.equals("metrics");
    }

    @Override
    public void serve(Exchange exchange) {
        String page = switch (exchange.path()) {
            case "/metrics" -> own(registry);
            case "/metrics/cadvisor" -> containers(true);
            case "/metrics/resource" -> containers(false);
            default -> throw new HttpError(404, "404 page not found\n");
        };
        exchange.send(200, FORMAT, page.getBytes(StandardCharsets.UTF_8));
    }

    private static String own(MeterRegistry registry) {
        return switch (registry) {
            case PrometheusMeterRegistry prometheus -> prometheus.scrape();
            case CompositeMeterRegistry composite ->
                composite.getRegistries().stream()
                        .filter(PrometheusMeterRegistry.class::isInstance)
                        .map(MetricsEndpoint::own)
                        .findFirst()
                        .orElse("");
            default -> "";
        };
    }

    private String containers(boolean all) {
        List<ContainerStats> stats = runtime.listContainerStats();
        var page = new StringBuilder();
        family(
                page,
                "container_cpu_usage_seconds_total",
                "counter",
                stats,
                each -> each.getCpu().getUsageCoreNanoSeconds().getValue() / NANOS);
        family(
                page,
                "container_memory_working_set_bytes",
                "gauge",
                stats,
                each -> each.getMemory().getWorkingSetBytes().getValue());
        if (all) {
            family(
                    page,
                    "container_memory_usage_bytes",
                    "gauge",
                    stats,
                    each -> each.getMemory().getUsageBytes().getValue());
            family(
                    page,
                    "container_memory_rss",
                    "gauge",
                    stats,
                    each -> each.getMemory().getRssBytes().getValue());
            family(
                    page,
                    "container_fs_usage_bytes",
                    "gauge",
                    stats,
                    each -> each.getWritableLayer().getUsedBytes().getValue());
        }
        return page.toString();
    }

    private static void family(
            StringBuilder page,
            String name,
            String type,
            List<ContainerStats> stats,
            ToDoubleFunction<ContainerStats> value) {
        page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        for (ContainerStats each : stats) {
            var attributes = each.getAttributes();
            page.append(name)
                    .append("{container=\"")
                    .append(attributes.getMetadata().getName())
                    .append("\",namespace=\"")
                    .append(attributes.getLabelsOrDefault(Labels.POD_NAMESPACE, ""))
                    .append("\",pod=\"")
                    .append(attributes.getLabelsOrDefault(Labels.POD_NAME, ""))
                    .append("\"} ")
                    .append(value.applyAsDouble(each))
                    .append('\n');
        }
    }
}
