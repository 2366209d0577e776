package io.kubespring.testing.etcd;

import io.kubespring.api.time.SystemTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks a member on its port for metrics, which is plain HTTP whatever clients must speak. */
record Probe(int metricsPort) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int TIMEOUT_MILLIS = 1_000;

    /** Until it answers and has a leader; false if {@code alive} says no, or it takes too long. */
    boolean awaitHealth(BooleanSupplier alive) {
        for (Duration waited = Duration.ZERO; !healthy(); waited = waited.plus(BETWEEN_LOOKS)) {
            if (!alive.getAsBoolean() || waited.compareTo(PATIENCE) > 0) {
                return false;
            }
            pause(BETWEEN_LOOKS);
        }
        return true;
    }

    boolean leads() {
        try {
            return get("/metrics").lines().anyMatch("etcd_server_is_leader 1"::equals);
        } catch (IOException noAnswer) {
            return false;
        }
    }

    private boolean healthy() {
        try {
            return get("/health").contains("true");
        } catch (IOException notYet) {
            return false;
        }
    }

    private String get(String path) throws IOException {
        var url = URI.create("http://127.0.0.1:" + metricsPort + path).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void pause(Duration length) {
        try {
            SystemTime.instance().sleep(length);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
