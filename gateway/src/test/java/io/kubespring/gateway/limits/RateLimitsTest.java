package io.kubespring.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.gateway.identity.Caller;
import io.kubespring.service.x509.CertificateSubject;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private final ManualTime time = new ManualTime(java.time.Instant.EPOCH);

    @Test
    void aBurstPassesAndThenWhatTheRateAllows() {
        var limits = new RateLimits(2, 3, time);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.admit("a")).isTrue();
        }
        assertThat(limits.admit("a")).isFalse();
        assertThat(limits.admit("b")).isTrue();
        time.advance(Duration.ofMillis(500));
        assertThat(limits.admit("a")).isTrue();
        assertThat(limits.admit("a")).isFalse();
        time.advance(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            assertThat(limits.admit("a")).isTrue();
        }
        assertThat(limits.admit("a")).isFalse();
    }

    @Test
    void noRateIsNoLimit() {
        var limits = new RateLimits(0, 0, time);
        for (int i = 0; i < 100; i++) {
            assertThat(limits.admit("a")).isTrue();
        }
    }

    @Test
    void inventedTokensShareTheirAddresssLimit() {
        var keys = new CallerKeys();
        var client = new InetSocketAddress("10.0.0.1", 1);
        var token = new Caller.Bearer("aaaaaaaaaa");
        var other = new Caller.Bearer("bbbbbbbbbb");

        assertThat(keys.key(token, client)).isEqualTo(keys.key(other, client));
        keys.answered(token, 401);
        keys.answered(other, 503);
        assertThat(keys.key(token, client)).isEqualTo(keys.key(other, client));
        keys.answered(token, 403);
        assertThat(keys.key(token, client)).isNotEqualTo(keys.key(other, client));
        assertThat(keys.key(new Caller.Certified(new CertificateSubject("alice", List.of()), ""), client))
                .isEqualTo("user:alice");
    }
}
