package io.kubespring.apiserver.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** The process and what it was built from, under the names that every Prometheus client uses. */
public final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** Upstream's gates of what this server does, with their stage in 1.36. */
    private static final Map<String, String> FEATURES = Map.of(
            "APIServerIdentity", "BETA",
            "ConsistentListFromCache", "",
            "WatchList", "BETA",
            "ResilientWatchCacheInitialization", "");

    private ProcessMetrics() {}

    /** The metric that a gauge of a Prometheus registry cannot be: it would lose the end of its name. */
    public static String buildInfo(Map<String, String> labels) {
        String name = ApiServerMetric.BUILD_INFO.text();
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(
                        ",",
                        "# HELP " + name + " " + ApiServerMetric.BUILD_INFO.help() + "\n# TYPE " + name + " gauge\n"
                                + name + "{",
                        "} 1\n"));
    }

    public static void register(MeterRegistry registry) {
        FEATURES.forEach((name, stage) -> Gauge.builder(ApiServerMetric.FEATURE_ENABLED.text(), () -> 1)
                .description(ApiServerMetric.FEATURE_ENABLED.help())
                .tags("name", name, "stage", stage)
                .register(registry));
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.UnixOperatingSystemMXBean system)) {
            return;
        }
        FunctionCounter.builder(ApiServerMetric.PROCESS_CPU.text(), system, bean -> bean.getProcessCpuTime() / 1e9)
                .description(ApiServerMetric.PROCESS_CPU.help())
                .register(registry);
        gauge(registry, ApiServerMetric.PROCESS_OPEN_FILES, system::getOpenFileDescriptorCount);
        gauge(registry, ApiServerMetric.PROCESS_MOST_FILES, system::getMaxFileDescriptorCount);
        gauge(registry, ApiServerMetric.PROCESS_RESIDENT, () -> status("VmRSS:"));
        gauge(registry, ApiServerMetric.PROCESS_VIRTUAL, () -> status("VmSize:"));
        double started = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
        gauge(registry, ApiServerMetric.PROCESS_START, () -> started);
    }

    private static void gauge(MeterRegistry registry, ApiServerMetric metric, DoubleSupplier value) {
        if (registry.find(metric.text()).gauge() == null) {
            Gauge.builder(metric.text(), value::getAsDouble)
                    .description(metric.help())
                    .register(registry);
        }
    }

    /** Bytes; not a number where this is no Linux. */
    private static double status(String field) {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(field)) {
                    return Double.parseDouble(line.substring(field.length())
                                    .replace("kB", "")
                                    .strip())
                            * 1024;
                }
            }
            return Double.NaN;
        } catch (IOException unreadable) {
            return Double.NaN;
        }
    }
}
