package io.kubespring.client.rest;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * Acts as a ServiceAccount whose tokens another identity asks for, as the controller manager does for each of its controllers
 * ({@code --use-service-account-credentials}): by TokenRequest, for an hour, anew when four fifths of it are over or the server does not
 * know the token any more. An account that does not exist is made.
 */
public final class ServiceAccountTransport implements Transport {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration USED = LIFE.multipliedBy(4).dividedBy(5);
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubeClient issuer;
    private final Transport bare;
    private final String accounts;
    private final String name;
    private final Mono<Token> token;

    private record Token(String text, Instant until, AtomicBoolean refused) {}

    /**
     * @param issuer under the identity that may make accounts and their tokens
     * @param bare to the same server under no identity; not closed
     */
    public ServiceAccountTransport(KubeClient issuer, Transport bare, String namespace, String name, TimeSource time) {
        this.issuer = issuer;
        this.bare = bare;
        this.accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
        this.name = name;
        this.token = Mono.defer(() -> requested(time.now()))
                .cacheInvalidateIf(known -> known.refused().get() || time.now().isAfter(known.until()));
    }

    @Override
    public Mono<Response> send(Request request) {
        return token.flatMap(known -> bare.send(with(request, known.text())).doOnNext(response -> {
            if (response.status() == UNAUTHORIZED) {
                known.refused().set(true);
            }
        }));
    }

    private static Request with(Request request, String token) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put("authorization", "Bearer " + token);
        return new Request(request.method(), request.uri(), headers, request.body());
    }

    private Mono<Token> requested(Instant now) {
        String wanted =
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{\"expirationSeconds\":"
                        + LIFE.toSeconds() + "}}";
        Mono<byte[]> answer = post(accounts + "/" + name + "/token", wanted);
        return answer.onErrorResume(
                        StatusException.class,
                        refused -> refused.code() == NOT_FOUND ? made().then(answer) : Mono.error(refused))
                .map(body -> new Token(
                        Json.readObject(body).at("/status/token").asString(), now.plus(USED), new AtomicBoolean()));
    }

    private Mono<Void> made() {
        return post(
                        accounts,
                        "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"" + name + "\"}}")
                .then()
                .onErrorResume(
                        StatusException.class,
                        refused -> refused.code() == CONFLICT ? Mono.empty() : Mono.error(refused));
    }

    private Mono<byte[]> post(String uri, String body) {
        return issuer.call(
                "POST", uri, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String host() {
        return bare.host();
    }

    @Override
    public Executor later() {
        return bare.later();
    }

    @Override
    public void close() {
        // What it goes over is shared.
    }
}
