package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.registry.DeleteRequest;
import io.kubespring.apiserver.registry.DeleteResult;
import io.kubespring.apiserver.registry.Deleter;
import io.kubespring.apiserver.registry.StrategyRegistry;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.DeleteOptions;
import io.kubespring.apiserver.request.Representation;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** DELETE of one object. Answers with the object if it is still there, else with a Status (or the object, for kinds that do so). */
public final class DeleteHandler implements VerbHandler {

    private final Deleter deleter;
    private final StrategyRegistry strategies;
    private final ObjectAnswers answers;

    public DeleteHandler(Deleter deleter, StrategyRegistry strategies, ObjectAnswers answers) {
        this.deleter = deleter;
        this.strategies = strategies;
        this.answers = answers;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var request = call.request();
        var representation = call.representation();
        return request.body()
                .map(body -> DeleteBodies.options(call, body))
                .switchIfEmpty(Mono.fromSupplier(() -> DeleteOptions.of(request.query())))
                .flatMap(options -> Mono.fromFuture(deleter.delete(
                                new DeleteRequest(call.type(), call.namespace(), call.name(), request.user(), options)))
                        .map(result -> answer(call, options, result, representation)));
    }

    private ApiResponse answer(Call call, DeleteOptions options, DeleteResult result, Representation representation) {
        boolean accepted = !result.gone() && Boolean.FALSE.equals(options.orphanDependents());
        if (!result.gone() || strategies.of(call.groupResource()).returnsDeletedObject()) {
            return answers.object(accepted ? 202 : 200, call, result.object(), representation);
        }
        return ApiResponse.json(200, success(call, result.object()));
    }

    private static ObjectNode success(Call call, ObjectNode deleted) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        ObjectNode details =
                status.put("status", "Success").putObject("details").put("name", call.name());
        if (!call.type().kind().group().isEmpty()) {
            details.put("group", call.type().kind().group());
        }
        details.put("kind", call.type().plural())
                .put("uid", deleted.path("metadata").path("uid").asString(""));
        return status;
    }
}
