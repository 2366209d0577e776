package io.kubespring.service.access;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Posts a review and gives its status, within upstream's ten seconds for such a question. */
final class Reviews {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Map<String, String> JSON =
            Map.of("content-type", "application/json", "accept", "application/json");

    private Reviews() {}

    static Mono<JsonNode> ask(KubeClient client, String path, ObjectNode review) {
        return client.call("POST", path, JSON, Json.write(review))
                .map(answer -> (JsonNode) Json.readObject(answer).path("status"))
                .takeUntilOther(Mono.create(late -> {
                    var timer = client.time().schedule(PATIENCE, late::success);
                    late.onDispose(timer::cancel);
                }))
                .switchIfEmpty(Mono.error(() -> StatusException.internal("the API server does not answer")));
    }
}
