package io.kubespring.controllers.expectations;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final Expectations<String> expectations = new Expectations<>(time);

    @Test
    void holdsBackUntilEverythingIsSeen() {
        assertThat(expectations.satisfied("web")).isTrue();
        expectations.expectCreations("web", 2);
        expectations.creationObserved("web");
        assertThat(expectations.satisfied("web")).isFalse();
        expectations.lowerCreations("web", 1);
        assertThat(expectations.satisfied("web")).isTrue();
        expectations.expectDeletions("web", Set.of("a", "b"));
        expectations.deletionObserved("web", "a");
        expectations.deletionObserved("web", "a");
        assertThat(expectations.satisfied("web")).isFalse();
        expectations.deletionObserved("web", "b");
        assertThat(expectations.satisfied("web")).isTrue();
    }

    @Test
    void givesUpAfterFiveMinutes() {
        expectations.expectCreations("web", 1);
        time.advance(Duration.ofMinutes(5));
        assertThat(expectations.satisfied("web")).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(expectations.satisfied("web")).isTrue();
    }
}
