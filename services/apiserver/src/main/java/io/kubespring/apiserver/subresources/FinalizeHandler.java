package io.kubespring.apiserver.subresources;

import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.ObjectAnswers;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.WriteOptions;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** PUT of {@code namespaces/finalize}: the one way to change {@code spec.finalizers}. The last one lets the namespace go. */
final class FinalizeHandler implements VerbHandler {

    private final Writer writer;
    private final ObjectAnswers answers;

    FinalizeHandler(Writer writer, ObjectAnswers answers) {
        this.writer = writer;
        this.answers = answers;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        var request = call.request();
        var representation = call.representation();
        WriteOptions options = WriteOptions.parse(
                "UpdateOptions", request.query(), request.headers().first("user-agent"), false);
        return Bodies.read(call, call.type().kind(), call.type().schema())
                .flatMap(body -> Mono.fromFuture(writer.update(new WriteRequest(
                        call.type(),
                        "finalize",
                        "",
                        call.name(),
                        request.user(),
                        options,
                        new WriteSource.Derived(namespace -> finalizers(namespace, body), false)))))
                .map(result -> answers.written(200, call, result, representation));
    }

    private static void finalizers(ObjectNode namespace, ObjectNode body) {
        ObjectNode spec = namespace.get("spec") instanceof ObjectNode present ? present : namespace.putObject("spec");
        JsonNode finalizers = body.path("spec").get("finalizers");
        if (finalizers == null || finalizers.isEmpty()) {
            spec.remove("finalizers");
        } else {
            spec.set("finalizers", finalizers);
        }
        String expected = body.path("metadata").path("resourceVersion").asString("");
        if (!expected.isEmpty()) {
            ((ObjectNode) namespace.path("metadata")).put("resourceVersion", expected);
        }
    }
}
