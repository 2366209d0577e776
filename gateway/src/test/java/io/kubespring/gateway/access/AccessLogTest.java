package io.kubespring.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class AccessLogTest {

    @Test
    void nobodyWritesLinesOfTheirOwn() {
        var entry = new AccessLog.Entry("10.0.0.1", "alice", "GET", "/api", 200, 1500, "a:6443", "x\n10.0.0.2 \u202e");

        assertThat(AccessLog.printable(entry.line()))
                .isEqualTo("10.0.0.1 alice \"GET /api\" 200 1500us a:6443 \"x?10.0.0.2 ?\"");
    }

    @Test
    void switchedOffItTakesNothing() {
        var metrics = new SimpleMeterRegistry();
        try (var log = new AccessLog(false, metrics)) {
            for (int i = 0; i < 20_000; i++) {
                log.add(new AccessLog.Entry("", "", "", "", 0, 0, "", ""));
            }
        }
        assertThat(metrics.get("gateway_access_log_dropped_total").counter().count())
                .isZero();
    }
}
