package io.kubespring.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ServiceAccountTransportTest {

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final Set<String> accounts = new HashSet<>(Set.of("job-controller"));
    private final Set<String> revoked = new HashSet<>();
    private final List<String> issued = new ArrayList<>();
    private boolean issuing = true;

    /** A server as far as tokens go. */
    private final class Server implements Transport {
        @Override
        public Mono<Response> send(Request request) {
            return Mono.fromSupplier(() -> answer(request));
        }

        private Response answer(Request request) {
            String bearer = request.headers().get("authorization");
            if (request.uri().equals("/who")) {
                return bearer == null || revoked.contains(bearer) ? response(401, "{}") : response(200, bearer);
            }
            String account = request.uri().replaceAll(".*/serviceaccounts/?|/token", "");
            if (account.isEmpty()) {
                accounts.add(new String(Objects.requireNonNull(request.body()), StandardCharsets.UTF_8)
                        .replaceAll(".*\"name\":\"([^\"]*)\".*", "$1"));
                return response(201, "{}");
            }
            if (!issuing) {
                return response(503, "{\"kind\":\"Status\",\"message\":\"not now\",\"code\":503}");
            }
            if (!accounts.contains(account)) {
                return response(404, "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"code\":404}");
            }
            issued.add(account);
            return response(201, "{\"status\":{\"token\":\"" + account + issued.size() + "\"}}");
        }

        private static Response response(int status, String body) {
            return new Response(status, Map.of(), Flux.just(body.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void close() {}
    }

    private Transport as(String account) {
        var server = new Server();
        return new ServiceAccountTransport(KubeClient.over(server, time), server, "kube-system", account, time);
    }

    private static String who(Transport transport) {
        return transport
                .send(new Transport.Request("GET", "/who", Map.of(), null))
                .flatMap(response -> response.body()
                        .next()
                        .map(body -> response.status() + " " + new String(body, StandardCharsets.UTF_8)))
                .onErrorResume(failure -> Mono.just(String.valueOf(failure.getMessage())))
                .block();
    }

    @Test
    void oneTokenServesUntilItIsOld() {
        Transport transport = as("job-controller");
        assertThat(who(transport)).isEqualTo("200 Bearer job-controller1");
        assertThat(who(transport)).isEqualTo("200 Bearer job-controller1");
        time.advance(Duration.ofMinutes(49));
        assertThat(who(transport)).isEqualTo("200 Bearer job-controller2");
    }

    @Test
    void anAccountThatIsMissingIsMade() {
        assertThat(who(as("node-controller"))).isEqualTo("200 Bearer node-controller1");
        assertThat(accounts).contains("node-controller");
    }

    @Test
    void aTokenThatTheServerNoLongerKnowsIsAskedForAnew() {
        Transport transport = as("job-controller");
        who(transport);
        revoked.add("Bearer job-controller1");
        assertThat(who(transport)).startsWith("401");
        assertThat(who(transport)).isEqualTo("200 Bearer job-controller2");
    }

    @Test
    void aFailureToGetOneIsTheAnswersAndNotKept() {
        Transport transport = as("job-controller");
        issuing = false;
        assertThat(who(transport)).isEqualTo("not now");
        issuing = true;
        assertThat(who(transport)).isEqualTo("200 Bearer job-controller1");
    }
}
