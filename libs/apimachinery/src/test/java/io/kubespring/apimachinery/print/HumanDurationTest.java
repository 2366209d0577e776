package io.kubespring.apimachinery.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {

    @ParameterizedTest
    @CsvSource({
        "PT-2S, <invalid>",
        "PT-1S, 0s",
        "PT0S, 0s",
        "PT1.9S, 1s",
        "PT119S, 119s",
        "PT2M, 2m",
        "PT5M30S, 5m30s",
        "PT9M59S, 9m59s",
        "PT10M59S, 10m",
        "PT179M, 179m",
        "PT3H, 3h",
        "PT7H59M, 7h59m",
        "PT8H30M, 8h",
        "PT47H, 47h",
        "P2D, 2d",
        "P2DT4H, 2d4h",
        "P8DT5H, 8d",
        "P729D, 729d",
        "P730D, 2y",
        "P740D, 2y10d",
        "P2920D, 8y",
        "P3000D, 8y",
    })
    void readsLikeUpstreams(String duration, String text) {
        assertThat(HumanDuration.of(Duration.parse(duration))).isEqualTo(text);
    }

    @Test
    void countsFromATimestamp() {
        Instant now = Instant.parse("2026-01-01T00:01:00Z");
        assertThat(HumanDuration.since("2026-01-01T00:00:00Z", now)).isEqualTo("60s");
        assertThat(HumanDuration.since("2026-01-01T00:00:00.123456Z", now)).isEqualTo("59s");
        assertThat(HumanDuration.since("", now)).isEqualTo("<unknown>");
        assertThat(HumanDuration.since("yesterday", now)).isEqualTo("<unknown>");
    }
}
