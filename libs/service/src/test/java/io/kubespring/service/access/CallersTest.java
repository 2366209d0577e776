package io.kubespring.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.ManualTime;
import io.kubespring.client.KubeClient;
import io.kubespring.service.pki.CertificateAuthority;
import io.kubespring.service.pki.CertificateRequest;
import io.kubespring.service.x509.TrustAnchors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallersTest {

    private static final Duration LIFE = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final Reviewer server = new Reviewer();
    private final KubeClient client = KubeClient.over(server, time);

    private CallerAuthenticator authenticator(boolean anonymous) {
        return new CallerAuthenticator(TrustAnchors.of(), anonymous, new TokenReviews(client, LIFE), time);
    }

    @Test
    void tokensAreReviewedOnceInAWhile() {
        var authenticator = authenticator(false);
        Caller found = authenticator.authenticate(List.of(), "Bearer secret").block();
        assertThat(found).isNotNull();
        assertThat(found.name()).isEqualTo("u");
        authenticator.authenticate(List.of(), "bearer secret").block();
        assertThat(server.asked).hasSize(1);
        time.advance(Duration.ofSeconds(11));
        authenticator.authenticate(List.of(), "Bearer secret").block();
        assertThat(server.asked).hasSize(2);
        assertThat(authenticator.authenticate(List.of(), "Bearer other").block())
                .isNull();
        assertThat(authenticator.authenticate(List.of(), "Bearer  ").block()).isNull();
        assertThat(authenticator.authenticate(List.of(), null).block()).isNull();
        assertThat(authenticator(true).authenticate(List.of(), null).block()).isEqualTo(Caller.ANONYMOUS);
        assertThat(authenticator(true).authenticate(List.of(), "Bearer other").block())
                .as("wrong credentials are not none")
                .isNull();
    }

    @Test
    void certificatesOfTheClientCaNameTheirUserAndOthersDoNot() throws Exception {
        var ca = CertificateAuthority.create("ca", time.now());
        var other = CertificateAuthority.create("ca", time.now());
        var authenticator = new CallerAuthenticator(TrustAnchors.of(ca.certificate()), false, null, time);
        var request = CertificateRequest.client("alice", "ops");
        var good = ca.issue(request, time.now()).certificate();
        assertThat(authenticator.authenticate(List.of(good), null).block())
                .isEqualTo(new Caller("alice", "", List.of("ops", "system:authenticated"), Map.of()));
        var forged = other.issue(request, time.now()).certificate();
        assertThat(authenticator.authenticate(List.of(forged), null).block()).isNull();
        assertThat(authenticator.authenticate(List.of(), "Bearer secret").block())
                .as("no tokens are taken")
                .isNull();
    }

    @Test
    void answersHoldForAWhileARefusalShorterAndAFailureNotAtAll() {
        var reviews = new AccessReviews(client, LIFE, Duration.ofSeconds(2));
        var caller = new Caller("u", "", List.of("g"), Map.of("scope", List.of("a", "b")));
        var good = new AccessQuestion.Path(caller, "get", "/metrics");
        var bad = new AccessQuestion.Path(caller, "post", "/actuator/loggers");
        assertThat(reviews.allowed(good).block()).isTrue();
        assertThat(reviews.allowed(bad).block()).isFalse();
        assertThat(server.asked.getFirst())
                .contains("\"nonResourceAttributes\":{\"verb\":\"get\",\"path\":\"/metrics\"}")
                .contains("\"user\":\"u\"");
        time.advance(Duration.ofSeconds(3));
        reviews.allowed(good).block();
        reviews.allowed(bad).block();
        assertThat(server.asked).hasSize(3);

        server.away = true;
        time.advance(LIFE);
        assertThatThrownBy(() -> reviews.allowed(good).block()).isInstanceOf(StatusException.class);
        server.away = false;
        assertThat(reviews.allowed(good).block()).isTrue();
    }
}
