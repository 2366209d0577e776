package io.kubespring.apiserver.metrics;

import java.time.Duration;
import java.util.stream.DoubleStream;

/** Upstream's histogram bounds. */
final class RequestBuckets {

    static final Duration[] DURATION = seconds(
            0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60);
    static final Duration[] SLI =
            seconds(0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60);
    static final Duration[] READ_WAIT = seconds(0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2, 3);
    static final Duration[] ADMISSION = seconds(0.005, 0.025, 0.1, 0.5, 1.0, 2.5);
    static final double[] RESPONSE_BYTES = {1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    static final double[] EVENT_BYTES = {1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072};

    private RequestBuckets() {}

    private static Duration[] seconds(double... bounds) {
        return DoubleStream.of(bounds)
                .mapToObj(each -> Duration.ofNanos(Math.round(each * 1e9)))
                .toArray(Duration[]::new);
    }
}
