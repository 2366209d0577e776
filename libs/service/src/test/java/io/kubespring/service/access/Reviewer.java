package io.kubespring.service.access;

import io.kubespring.api.error.StatusException;
import io.kubespring.client.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An API server that knows one token, "secret" of user "u", and allows "u" to get "/metrics" and everything of Actuator's. */
public final class Reviewer implements Transport {

    public final List<String> asked = new CopyOnWriteArrayList<>();
    public volatile boolean away;

    @Override
    public Mono<Response> send(Request request) {
        if (away) {
            return Mono.error(StatusException.internal("away"));
        }
        if (request.body() == null) {
            return answer("ok");
        }
        String body = new String(request.body(), StandardCharsets.UTF_8);
        asked.add(body);
        if (request.uri().endsWith("tokenreviews")) {
            boolean known = body.contains("\"token\":\"secret\"");
            return answer("{\"status\":{\"authenticated\":" + known
                    + ",\"user\":{\"username\":\"u\",\"groups\":[\"g\"],\"extra\":{\"k\":[\"v\"]}}}}");
        }
        boolean allowed = body.contains("\"user\":\"u\"") && body.contains("\"verb\":\"get\"");
        return answer("{\"status\":{\"allowed\":" + allowed + "}}");
    }

    private static Mono<Response> answer(String body) {
        return Mono.just(new Response(200, Map.of(), Flux.just(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void close() {}
}
