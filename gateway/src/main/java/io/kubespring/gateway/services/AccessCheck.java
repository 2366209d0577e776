package io.kubespring.gateway.services;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.gateway.identity.Caller;
import io.kubespring.gateway.identity.PassedHeaders;
import io.kubespring.gateway.upstream.Connections;
import io.kubespring.gateway.upstream.Endpoint;
import io.kubespring.gateway.upstream.Endpoints;
import io.kubespring.gateway.upstream.Unsent;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a caller may get a path of the gateway's own: the API server is asked in the caller's name
 * (SelfSubjectAccessReview of a non-resource path), so the gateway needs no right, and grants none.
 */
public final class AccessCheck {

    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;

    private final Endpoints apiServers;
    private final Connections connections;

    public AccessCheck(Endpoints apiServers, Connections connections) {
        this.apiServers = apiServers;
        this.connections = connections;
    }

    /**
     * @param headers of the caller's request
     * @return empty; fails with the refusal's Status
     */
    public Mono<Void> get(String path, Caller caller, HttpHeaders headers) {
        Endpoint server = apiServers.inTurn().getFirst();
        return connections
                .http(caller)
                .responseTimeout(PATIENCE)
                .headers(to -> {
                    PassedHeaders.request(credentials(headers), to, caller, null);
                    to.set("content-type", "application/json").set("accept", "application/json");
                })
                .post()
                .uri(server.origin() + REVIEWS)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(Json.write(review(path)))))
                .responseSingle((answer, body) -> body.asByteArray()
                        .flatMap(bytes -> decide(answer.status().code(), bytes, path)))
                .onErrorMap(
                        failure -> !(failure instanceof StatusException),
                        failure -> Unsent.status("no API server tells whether this is allowed"));
    }

    private static HttpHeaders credentials(HttpHeaders headers) {
        var kept = new DefaultHttpHeaders();
        headers.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("authorization") || name.startsWith("impersonate-")) {
                kept.add(header.getKey(), header.getValue());
            }
        });
        return kept;
    }

    private static ObjectNode review(String path) {
        ObjectNode review =
                Json.object().put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        review.putObject("spec")
                .putObject("nonResourceAttributes")
                .put("path", path)
                .put("verb", "get");
        return review;
    }

    private static Mono<Void> decide(int code, byte[] body, String path) {
        if (code == UNAUTHORIZED) {
            return Mono.error(StatusException.unauthorized());
        }
        boolean allowed = code == CREATED
                && Json.readObject(body).path("status").path("allowed").asBoolean(false);
        return allowed
                ? Mono.empty()
                : Mono.error(
                        new StatusException(StatusReason.FORBIDDEN, "forbidden: cannot get path \"" + path + "\""));
    }
}
