package io.kubespring.kinds.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PodConditionsTest {

    private static final Instant READY_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Pod ready = pod("""
        {"metadata":{"name":"a"},"status":{"phase":"Running","conditions":[
          {"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}\
        """);

    @Test
    void availableOnlyAfterMinReadySeconds() {
        Duration minReady = Duration.ofSeconds(10);
        assertThat(PodConditions.isReady(ready)).isTrue();
        assertThat(PodConditions.isAvailable(ready, Duration.ZERO, READY_AT)).isTrue();
        assertThat(PodConditions.isAvailable(ready, minReady, READY_AT.plusSeconds(9)))
                .isFalse();
        assertThat(PodConditions.isAvailable(ready, minReady, READY_AT.plusSeconds(10)))
                .isTrue();
    }

    @Test
    void activeIsNeitherFinishedNorLeaving() {
        assertThat(PodConditions.isActive(ready)).isTrue();
        assertThat(PodConditions.isActive(pod("{\"metadata\":{},\"status\":{\"phase\":\"Failed\"}}")))
                .isFalse();
        assertThat(PodConditions.isActive(pod("{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}")))
                .isFalse();
        assertThat(PodConditions.phase(pod("{\"metadata\":{}}"))).isEmpty();
    }

    private static Pod pod(String json) {
        return Json.readValue(json.getBytes(StandardCharsets.UTF_8), Pod.class);
    }
}
