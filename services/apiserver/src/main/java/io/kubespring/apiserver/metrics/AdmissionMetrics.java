package io.kubespring.apiserver.metrics;

import io.kubespring.api.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times admission: each plugin ("admit" changes objects, "validate" judges them), and each step as a whole. */
public final class AdmissionMetrics {

    private record Key(String plugin, String type, String operation, boolean rejected) {}

    private final MeterRegistry registry;
    private final TimeSource time;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    public AdmissionMetrics(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
    }

    /** Now, as {@link #plugin} and {@link #step} expect it. */
    public long start() {
        return time.nanoTime();
    }

    public void plugin(String name, String type, String operation, boolean rejected, long start) {
        record(new Key(name, type, operation, rejected), start);
    }

    public void step(String type, String operation, boolean rejected, long start) {
        record(new Key("", type, operation, rejected), start);
    }

    private void record(Key key, long start) {
        Timer timer = timers.get(key);
        if (timer == null) {
            timer = timers.computeIfAbsent(key, this::timer);
        }
        timer.record(time.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        ApiServerMetric metric = key.plugin().isEmpty()
                ? ApiServerMetric.ADMISSION_STEP_DURATION
                : ApiServerMetric.ADMISSION_PLUGIN_DURATION;
        Timer.Builder builder = Timer.builder(metric.text())
                .description(metric.help())
                .serviceLevelObjectives(RequestBuckets.ADMISSION)
                .tags("operation", key.operation(), "rejected", Boolean.toString(key.rejected()), "type", key.type());
        return (key.plugin().isEmpty() ? builder : builder.tag("name", key.plugin())).register(registry);
    }
}
