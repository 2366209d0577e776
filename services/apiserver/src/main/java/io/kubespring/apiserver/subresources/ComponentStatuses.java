package io.kubespring.apiserver.subresources;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.ObjectAnswers;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.storage.Store;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The deprecated {@code componentstatuses}: made for each request, of what this server can tell, which is its store. */
final class ComponentStatuses {

    private static final String STORE = "etcd-0";

    private final Store store;
    private final ObjectAnswers answers;

    ComponentStatuses(Store store, ObjectAnswers answers) {
        this.store = store;
        this.answers = answers;
    }

    Mono<ApiResponse> list(Call call) {
        var representation = call.representation();
        return health().map(healthy -> answers.list(call, List.of(status(call, healthy)), representation));
    }

    Mono<ApiResponse> get(Call call) {
        if (!call.name().equals(STORE)) {
            throw StatusException.notFound(call.groupResource(), call.name());
        }
        var representation = call.representation();
        return health().map(healthy -> answers.object(200, call, status(call, healthy), representation));
    }

    private Mono<Boolean> health() {
        CompletableFuture<Boolean> answers = store.currentRevision().handle((revision, failure) -> failure == null);
        return Mono.fromFuture(answers);
    }

    private static ObjectNode status(Call call, boolean healthy) {
        ObjectNode status = Json.object()
                .put("kind", call.type().kind().kind())
                .put("apiVersion", call.type().apiVersion());
        status.putObject("metadata").put("name", STORE);
        status.putArray("conditions")
                .addObject()
                .put("type", "Healthy")
                .put("status", healthy ? "True" : "False")
                .put("message", healthy ? "ok" : "the store does not answer");
        return status;
    }
}
